import type { Database } from 'better-sqlite3';
import { dot } from '../embedding/vector-math.js';
import { RecentlyUsed } from '../recently-used.js';
import { PassageVectors } from './passage-vectors.js';
import { Statements } from './statements.js';

/** Vectors of passages held in memory: of 21,000 passages with 384 dimensions. */
const VECTORS_BYTES = 32 * 1024 * 1024;
/** Means held in memory: of 21,000 documents with 384 dimensions. */
const MEANS_BYTES = 32 * 1024 * 1024;
/** What holding them for one document costs besides, about. */
const OVERHEAD_BYTES = 300;

/**
 * The vectors of whole documents and their means, read from the database and held as long as they are asked for.
 * Nobody may change what it gives.
 */
export class DocumentVectors {
  readonly #statements: Statements;
  #vectors = noVectors();
  #means = noMeans();

  constructor(database: Database) {
    this.#statements = new Statements(database);
  }

  /** The vectors of each of these documents; one without passages is left out. */
  of(keys: Iterable<number>): Map<number, PassageVectors> {
    return this.#heldOr(this.#vectors, keys, (missing) => this.#read(missing));
  }

  /** The mean of the passages' vectors of each of these documents, of length 1. */
  means(keys: Iterable<number>): Map<number, Float32Array> {
    return this.#heldOr(this.#means, keys, (missing) => this.#readMeans(missing));
  }

  /** The cosine of the best passage of each of these documents to a unit vector. */
  bestCosines(vector: Float32Array, keys: Iterable<number>): Map<number, number> {
    const best = new Map<number, number>();
    for (const [document, passages] of this.of(keys)) {
      let most = Number.NEGATIVE_INFINITY;
      for (let place = 0; place < passages.size; place++)
        most = Math.max(most, passages.cosine(place, vector));
      best.set(document, most);
    }
    return best;
  }

  /** The cosine of the mean of each of these documents to a unit vector. */
  meanCosines(vector: Float32Array, keys: Iterable<number>): Map<number, number> {
    return new Map(Array.from(this.means(keys), ([document, mean]) => [document, dot(vector, mean)]));
  }

  /** To be told before a document is changed: what is asked for afterwards is read anew, also if that is undone. */
  forget(document: number): void {
    this.#vectors.delete(document);
    this.#means.delete(document);
  }

  /** To be told when writes were undone: keys that were given meanwhile may be given again. */
  forgetAll(): void {
    this.#vectors = noVectors();
    this.#means = noMeans();
  }

  #heldOr<Value extends NonNullable<unknown>>(
    held: RecentlyUsed<number, Value>,
    keys: Iterable<number>,
    read: (missing: number[]) => Map<number, Value>,
  ): Map<number, Value> {
    const found = new Map<number, Value>();
    const missing: number[] = [];
    for (const key of keys) {
      const value = held.get(key);
      if (value === undefined) missing.push(key);
      else found.set(key, value);
    }
    if (missing.length > 0) for (const [key, value] of read(missing)) found.set(key, value);
    return found;
  }

  #read(documents: number[]): Map<number, PassageVectors> {
    const rows = this.#statements
      .prepare(
        `SELECT passages.document, passages.id, vectors.vector FROM passages JOIN vectors ON vectors.passage = passages.id
         WHERE passages.document IN (SELECT value FROM json_each(?)) ORDER BY passages.document, passages.id`,
      )
      .raw()
      .all(JSON.stringify(documents)) as [number, number, Buffer][];
    const found = new Map<number, PassageVectors>();
    for (let first = 0, end = 0; first < rows.length; first = end) {
      const document = rows[first]?.[0] ?? 0;
      while (end < rows.length && rows[end]?.[0] === document) end++;
      const own = new PassageVectors(rows.slice(first, end));
      found.set(document, own);
      this.#vectors.set(document, own);
    }
    return found;
  }

  #readMeans(documents: number[]): Map<number, Float32Array> {
    const rows = this.#statements
      .prepare(
        'SELECT document, vector FROM document_vectors WHERE document IN (SELECT value FROM json_each(?))',
      )
      .raw()
      .all(JSON.stringify(documents)) as [number, Buffer][];
    return new Map(
      rows.map(([document, blob]) => {
        const mean = toFloats(blob);
        this.#means.set(document, mean);
        return [document, mean];
      }),
    );
  }
}

function noVectors(): RecentlyUsed<number, PassageVectors> {
  return new RecentlyUsed(VECTORS_BYTES, ({ bytes }) => bytes + OVERHEAD_BYTES);
}

function noMeans(): RecentlyUsed<number, Float32Array> {
  return new RecentlyUsed(MEANS_BYTES, ({ byteLength }) => byteLength + OVERHEAD_BYTES);
}

/** The numbers of a blob as SQLite gives it. */
export function toFloats(blob: Buffer): Float32Array {
  const { buffer, byteOffset, byteLength } = blob;
  // Each blob comes in memory of its own, but it need not lie at a multiple of four.
  if (byteOffset % Float32Array.BYTES_PER_ELEMENT !== 0) return new Float32Array(new Uint8Array(blob).buffer);
  return new Float32Array(buffer, byteOffset, byteLength / Float32Array.BYTES_PER_ELEMENT);
}
