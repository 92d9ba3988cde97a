import type { PassageVectors } from '../storage/passage-vectors.js';
import type { StoredVectors } from '../storage/stored-index.js';

/** The vectors of the documents of one answer: what was read for it stays until it is given. */
export class DocumentEvidence {
  readonly #held: StoredVectors['held'];
  readonly #passages = new Map<number, PassageVectors>();
  readonly #means = new Map<number, Float32Array>();

  constructor(held: StoredVectors['held']) {
    this.#held = held;
  }

  /** Reads the vectors of these documents, those that are not read yet, at one go. */
  async load(documents: number[]): Promise<void> {
    const missing = documents.filter((document) => !this.#passages.has(document));
    for (const [document, passages] of await this.#held.of(missing)) this.#passages.set(document, passages);
  }

  /** Reads the means of these documents, those that are not read yet, at one go. */
  async loadMeans(documents: number[]): Promise<void> {
    const missing = documents.filter((document) => !this.#means.has(document));
    for (const [document, mean] of await this.#held.means(missing)) this.#means.set(document, mean);
  }

  /** Null for a document that has none, or is not read. */
  passages(document: number): PassageVectors | null {
    return this.#passages.get(document) ?? null;
  }

  /** The mean of the passages' vectors: the direction of the whole document. Null for one that has none, or is not read. */
  mean(document: number): Float32Array | null {
    return this.#means.get(document) ?? null;
  }
}
