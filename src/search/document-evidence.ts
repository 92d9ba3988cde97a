import type { DocumentVectors } from '../storage/document-vectors.js';
import type { PassageVectors } from '../storage/passage-vectors.js';

/** The vectors of the documents of one answer: what was read for it stays until it is given. */
export class DocumentEvidence {
  readonly #held: DocumentVectors;
  readonly #passages = new Map<number, PassageVectors>();
  readonly #means = new Map<number, Float32Array>();

  constructor(held: DocumentVectors) {
    this.#held = held;
  }

  /** Reads the vectors of these documents, those that are not read yet, at one go. */
  load(documents: number[]): void {
    const missing = documents.filter((document) => !this.#passages.has(document));
    for (const [document, passages] of this.#held.of(missing)) this.#passages.set(document, passages);
  }

  /** Reads the means of these documents, those that are not read yet, at one go. */
  loadMeans(documents: number[]): void {
    const missing = documents.filter((document) => !this.#means.has(document));
    for (const [document, mean] of this.#held.means(missing)) this.#means.set(document, mean);
  }

  /** Null for a document that has none. */
  passages(document: number): PassageVectors | null {
    if (!this.#passages.has(document)) this.load([document]);
    return this.#passages.get(document) ?? null;
  }

  /** The mean of the passages' vectors: the direction of the whole document. Null for one that has none. */
  mean(document: number): Float32Array | null {
    if (!this.#means.has(document)) this.loadMeans([document]);
    return this.#means.get(document) ?? null;
  }
}
