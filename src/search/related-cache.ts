import type { RelatedAnswer } from './answer.js';
import { elapsed } from './searcher.js';

/** Held in all, in UTF-16 units of JSON: about 500 answers of ten hits. */
const MOST_HELD = 16_000_000;

/** Answers to `related`, which hold until the index changes; those not asked for the longest go first. */
export class RelatedCache {
  /** As JSON, so that a caller may change what it gets: faster than copying each answer. */
  readonly #answers = new Map<string, string>();
  #held = 0;
  #revision = '';

  /**
   * The answer under a name, found anew where there is none from this revision of the index. A caller may change what
   * it gets.
   */
  async answer(name: string, revision: string, find: () => Promise<RelatedAnswer>): Promise<RelatedAnswer> {
    const started = performance.now();
    if (revision !== this.#revision) this.#clear(revision);
    const known = this.#answers.get(name);
    const answer = known === undefined ? await find() : (JSON.parse(known) as RelatedAnswer);
    // What was found while the index changed is of no revision.
    if (revision === this.#revision) this.#keep(name, known ?? JSON.stringify(answer));
    return { ...answer, processingTimeMs: elapsed(started) };
  }

  /** As the one that was asked for last. */
  #keep(name: string, answer: string): void {
    this.#held += answer.length - (this.#answers.get(name)?.length ?? 0);
    this.#answers.delete(name);
    this.#answers.set(name, answer);
    this.#makeRoom();
  }

  #makeRoom(): void {
    for (const [oldest, { length }] of this.#answers) {
      if (this.#held <= MOST_HELD) return;
      this.#answers.delete(oldest);
      this.#held -= length;
    }
  }

  #clear(revision: string): void {
    this.#answers.clear();
    this.#held = 0;
    this.#revision = revision;
  }
}
