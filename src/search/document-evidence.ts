import type { Storage } from '../storage/storage.js';
import type { PassageVector } from '../storage/vector-store.js';
import { areNearDuplicates, DUPLICATE_COSINE, shinglesOf } from './duplicates.js';
import { dot, meanVector } from './vector-math.js';

/** The vectors and shingles of the documents of one answer, read from the database once. */
export class DocumentEvidence {
  readonly #storage: Storage;
  readonly #vectors = new Map<number, PassageVector[]>();
  readonly #means = new Map<number, Float32Array | null>();
  readonly #shingles = new Map<number, Set<string>>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Reads the vectors of these documents, those that are not read yet, at one go. */
  load(documents: number[]): void {
    const missing = documents.filter((document) => !this.#vectors.has(document));
    for (const document of missing) this.#vectors.set(document, []);
    for (const passage of this.#storage.vectors.ofDocuments(missing))
      this.#vectors.get(passage.document)?.push(passage);
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

  shingles(document: number): Set<string> {
    const shingles = this.#shingles.get(document) ?? shinglesOf(this.#text(document));
    this.#shingles.set(document, shingles);
    return shingles;
  }

  /** Whether two documents are versions of one story: near by meaning and in words. */
  alike(one: number, other: number): boolean {
    const [a, b] = [this.mean(one), this.mean(other)];
    if (!a || !b || dot(a, b) < DUPLICATE_COSINE) return false;
    return areNearDuplicates(this.shingles(one), this.shingles(other));
  }

  #text(document: number): string {
    return this.#storage.documents
      .passages(document)
      .map(({ text }) => text)
      .join('\n');
  }
}
