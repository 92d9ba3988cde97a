import { meanVector } from '../embedding/vector-math.js';
import type { Storage } from '../storage/storage.js';
import type { PassageVector } from '../storage/vector-store.js';

/** The vectors of the documents of one answer, read from the database once. */
export class DocumentEvidence {
  readonly #storage: Storage;
  readonly #vectors = new Map<number, PassageVector[]>();
  readonly #means = new Map<number, Float32Array | null>();
  readonly #documents = new Map<number, number>();
  #size = 0;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** How many vectors were read. */
  get size(): number {
    return this.#size;
  }

  /** Reads the vectors of these documents, those that are not read yet, at one go. */
  load(documents: number[]): void {
    const missing = documents.filter((document) => !this.#vectors.has(document));
    for (const document of missing) this.#vectors.set(document, []);
    if (missing.length === 0) return;
    const passages = this.#storage.vectors.ofDocuments(missing);
    for (const passage of passages) this.#vectors.get(passage.document)?.push(passage);
    this.#size += passages.length;
  }

  /** The document of each of these passages; those that are gone are left out. */
  documentsOf(passages: number[]): Map<number, number> {
    const missing = passages.filter((passage) => !this.#documents.has(passage));
    if (missing.length > 0) {
      for (const [passage, document] of this.#storage.vectors.documentsOf(missing))
        this.#documents.set(passage, document);
    }
    return this.#documents;
  }

  passages(document: number): PassageVector[] {
    this.load([document]);
    return this.#vectors.get(document) ?? [];
  }

  /** The mean of the passages' vectors: the direction of the whole document. */
  mean(document: number): Float32Array | null {
    const known = this.#means.get(document);
    if (known !== undefined) return known;
    const mean = meanVector(this.passages(document).map(({ vector }) => vector));
    this.#means.set(document, mean);
    return mean;
  }
}
