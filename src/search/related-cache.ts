import type { RelatedAnswer } from './answer.js';
import { elapsed } from './searcher.js';

/** Hits held in all; one with its passages takes a few kilobytes. */
const MOST_HITS = 5_000;

/** Answers to `related`, which hold until the index changes; those not asked for the longest go first. */
export class RelatedCache {
  readonly #answers = new Map<string, RelatedAnswer>();
  #hits = 0;
  #revision = '';

  /**
   * The answer under a name, found anew where there is none from this revision of the index. A caller may change what
   * it gets.
   */
  answer(name: string, revision: string, find: () => RelatedAnswer): RelatedAnswer {
    const started = performance.now();
    if (revision !== this.#revision) this.#clear(revision);
    const known = this.#answers.get(name);
    const answer = known ?? find();
    this.#answers.delete(name);
    this.#answers.set(name, answer);
    if (!known) this.#makeRoom(sizeOf(answer));
    return { ...structuredClone(answer), processingTimeMs: elapsed(started) };
  }

  #makeRoom(added: number): void {
    this.#hits += added;
    for (const [oldest, kept] of this.#answers) {
      if (this.#hits <= MOST_HITS) return;
      this.#answers.delete(oldest);
      this.#hits -= sizeOf(kept);
    }
  }

  #clear(revision: string): void {
    this.#answers.clear();
    this.#hits = 0;
    this.#revision = revision;
  }
}

/** An answer without hits takes room too. */
function sizeOf({ hits }: RelatedAnswer): number {
  return hits.length + 1;
}
