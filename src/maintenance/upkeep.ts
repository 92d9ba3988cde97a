import { AkinError } from '../errors.js';
import type { Storage } from '../storage/storage.js';
import type { VectorIndex } from '../vector-index/vector-index.js';

/** Work on a whole index, which a job does. */
export type UpkeepType = 'rebuild' | 'compact';

export interface UpkeepOptions {
  /** Told how many passages of how many are done. */
  onProgress: (done: number, total: number) => void;
  /** Asked again and again. */
  isStopped: () => boolean;
}

/** Keeps an index that is open small and in order, while it is searched. */
export class Upkeep {
  readonly #storage: Storage;
  readonly #index: VectorIndex;

  constructor({ storage, index }: { storage: Storage; index: VectorIndex }) {
    this.#storage = storage;
    this.#index = index;
  }

  /** @throws AkinError CANCELLED when it is stopped; what it was to change is as it was, or done */
  run(type: UpkeepType, options: UpkeepOptions): Promise<void> {
    return type === 'rebuild' ? this.#index.rebuild(options) : this.#compact(options);
  }

  /**
   * Each step is whole by itself, so that whenever it ends the index is: words, then phrases, then vectors, then the
   * database's pages, on which until then traces of all of them are left.
   */
  async #compact(options: UpkeepOptions): Promise<void> {
    const { compaction } = this.#storage;
    const checkStopped = (): void => {
      if (options.isStopped()) throw new AkinError('CANCELLED', 'The compaction was stopped.');
    };
    await compaction.forgetUnusedWords(checkStopped);
    await compaction.mergePhrases(checkStopped);
    await this.#index.purge(options);
    checkStopped();
    compaction.vacuum();
  }
}
