import { AkinError } from '../errors.js';
import type { TaskPool } from '../workers/task-pool.js';

/** Queries whose vectors are kept, at 1.5 KB each with the bundled model. */
const MOST_KEPT = 1_000;

/** The most that `longest × count` of the queries of one run may be, in UTF-16 units: about 512 tokens. */
const RUN_CHARACTERS = 2_048;

type QueryProcess = Pick<TaskPool<string[], Float32Array>, 'run' | 'close'>;

export interface QueryLaneOptions {
  dimensions: number;
  /** Whether queries may share a run: only with a model to which that makes no difference. */
  shared: boolean;
}

interface Waiting {
  text: string;
  resolve(vector: Float32Array): void;
  reject(error: unknown): void;
}

/**
 * Embeds queries in a process of their own. Those that come while it is busy go together in its next run, and a query
 * that was asked before, or is under way, is not embedded again.
 */
export class QueryLane {
  readonly #encoder: QueryProcess;
  readonly #options: QueryLaneOptions;
  /** The one that was asked for longest ago first. */
  readonly #known = new Map<string, Promise<Float32Array>>();
  readonly #waiting: Waiting[] = [];
  #busy = false;

  /** @param encoder gives the vectors of texts one after the other, [texts × dimensions] */
  constructor(encoder: QueryProcess, options: QueryLaneOptions) {
    this.#encoder = encoder;
    this.#options = options;
  }

  /**
   * The vector of a text. All who ask for the same text share it: it must not be written to.
   * @throws what the process threw; that is not kept
   */
  embed(text: string): Promise<Float32Array> {
    const known = this.#known.get(text) ?? this.#ask(text);
    this.#known.delete(text);
    this.#known.set(text, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_KEPT) break;
      this.#known.delete(oldest);
    }
    return known;
  }

  /** Rejects what waits with `CANCELLED` and ends the process. */
  async close(): Promise<void> {
    const cancelled = new AkinError('CANCELLED', 'Akin is shutting down.');
    for (const { reject } of this.#waiting.splice(0)) reject(cancelled);
    await this.#encoder.close();
  }

  #ask(text: string): Promise<Float32Array> {
    const asked = new Promise<Float32Array>((resolve, reject) => {
      this.#waiting.push({ text, resolve, reject });
    });
    asked.catch(() => {
      if (this.#known.get(text) === asked) this.#known.delete(text);
    });
    if (!this.#busy) void this.#work();
    return asked;
  }

  async #work(): Promise<void> {
    const { dimensions, shared } = this.#options;
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const texts = this.#waiting.map(({ text }) => text);
      const run = this.#waiting.splice(0, shared ? countForRun(texts, RUN_CHARACTERS) : 1);
      try {
        const flat = await this.#encoder.run(run.map(({ text }) => text));
        for (const [row, { resolve }] of run.entries()) {
          resolve(flat.slice(row * dimensions, (row + 1) * dimensions));
        }
      } catch (error) {
        for (const { reject } of run) reject(error);
      }
    }
    this.#busy = false;
  }
}

/** How many of the first texts fit in one run: as many as `longest × count` allows, and one at least. */
export function countForRun(texts: string[], budget: number): number {
  let longest = 0;
  for (const [index, { length }] of texts.entries()) {
    longest = Math.max(longest, length);
    if (index > 0 && longest * (index + 1) > budget) return index;
  }
  return texts.length;
}
