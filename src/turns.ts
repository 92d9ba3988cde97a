import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long a piece of work may hold the event loop before others get their turn. */
const SLICE_MS = 4;

/** Parts long work into slices between which the event loop serves others. */
export class Turns {
  #sliceEnd = performance.now() + SLICE_MS;

  /** Goes on at once within a slice, or else after the others' turn. */
  async rest(): Promise<void> {
    if (performance.now() < this.#sliceEnd) return;
    await nextTurn();
    this.#sliceEnd = performance.now() + SLICE_MS;
  }
}

/** Work in small steps, with what comes of it at the end. */
export type Steps<Result> = Generator<void, Result, void>;

/** Does all steps, with turns for others between them. */
export async function inTurns<Result>(steps: Steps<Result>, turns = new Turns()): Promise<Result> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await turns.rest();
  }
}

/** Does all steps in one go. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
  }
}
