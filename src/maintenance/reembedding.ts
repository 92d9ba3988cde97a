import type { Reader } from '../documents/reader.js';
import type { Embedder } from '../embedding/embedder.js';
import { letOthersPass } from '../precedence.js';
import type { NextVectors } from '../storage/next-vectors.js';
import type { Storage } from '../storage/storage.js';

/** Passages that are embedded together: enough that batches of like length come about. */
const PASSAGES_AT_ONCE = 512;

export interface ReembeddingControl {
  /** Asked between windows; what is made stays, and the next time goes on behind it. */
  isStopped: () => boolean;
  /** @param total passages in the index */
  onProgress: (done: number, total: number) => void;
}

/**
 * Makes the vectors of another model for all passages, beside those that serve, and puts them in their place at once.
 */
export class Reembedding {
  readonly next: NextVectors;
  readonly #storage: Storage;
  readonly #embedder: Embedder;
  readonly #reader: Reader;
  readonly #fingerprint: string;

  /**
   * @param parts.embedder of the new model
   * @param parts.reader with the new model's tokenizer
   */
  constructor({ storage, embedder, reader }: { storage: Storage; embedder: Embedder; reader: Reader }) {
    this.#storage = storage;
    this.#embedder = embedder;
    this.#reader = reader;
    this.#fingerprint = JSON.stringify(embedder.fingerprint);
    this.next = storage.nextVectors(this.#fingerprint);
  }

  /** Embeds all passages that have no vector of the new model, also those that come meanwhile. */
  async catchUp({ isStopped, onProgress }: ReembeddingControl): Promise<void> {
    let done = this.next.count();
    while (!isStopped()) {
      const passages = this.next.missing(PASSAGES_AT_ONCE);
      if (passages.length === 0) return;
      const inputs = await this.#reader.inputsOf(passages);
      this.next.put(passages, await this.#embedder.embedPassages(inputs));
      done += passages.length;
      onProgress(done, this.#storage.documents.counts().passages);
      await letOthersPass();
    }
  }

  /** Whether all passages have a vector of the new model at this moment. */
  get isComplete(): boolean {
    return this.next.missing(1).length === 0;
  }

  /** From now on the new vectors are the index's. They must be complete. */
  swap(): void {
    this.next.swap(this.#fingerprint);
    this.#storage.vectors.forgetAll();
  }
}

/** Clears away the vectors that served before, a little at a time. */
export async function clearOldVectors(storage: Storage): Promise<void> {
  while (storage.dropOldVectors()) await letOthersPass();
}
