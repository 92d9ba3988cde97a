import type { Config } from '../config.js';
import type { EmbeddedParts } from '../embedded-parts.js';
import { AkinError } from '../errors.js';
import { type ModelChoice, switchModel } from './model-switch.js';

/** Work on a whole index, which a job does. */
export type UpkeepType = 'rebuild' | 'compact' | 'reembed';

export interface UpkeepOptions {
  /** Told how many passages of how many are done. */
  onProgress: (done: number, total: number) => void;
  /** Asked again and again. */
  isStopped: () => boolean;
}

/** Keeps an index that is open small and in order, while it is searched. */
export class Upkeep {
  readonly #parts: EmbeddedParts;
  readonly #config: Config;

  constructor(parts: EmbeddedParts, config: Config) {
    this.#parts = parts;
    this.#config = config;
  }

  /**
   * @param input of a reembedding, the model
   * @throws AkinError CANCELLED when it is stopped; what it was to change is as it was, or done
   */
  run(type: UpkeepType, input: unknown, options: UpkeepOptions): Promise<void> {
    switch (type) {
      case 'rebuild':
        return this.#parts.index.rebuild(options);
      case 'compact':
        return this.#compact(options);
      case 'reembed':
        return switchModel(this.#parts, this.#config, input as ModelChoice, options);
    }
  }

  /**
   * Each step is whole by itself, so that whenever it ends the index is: words, then phrases, then vectors, then the
   * database's pages, on which until then traces of all of them are left.
   */
  async #compact(options: UpkeepOptions): Promise<void> {
    const { index, storage } = this.#parts;
    const { compaction } = storage;
    const checkStopped = (): void => {
      if (options.isStopped()) throw new AkinError('CANCELLED', 'The compaction was stopped.');
    };
    await compaction.forgetUnusedWords(checkStopped);
    await compaction.mergePhrases(checkStopped);
    await index.purge(options);
    checkStopped();
    compaction.vacuum();
  }
}
