import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { dot, meanVector } from '../embedding/vector-math.js';
import { DocumentVectors, toFloats } from './document-vectors.js';
import { PassageDocuments } from './passage-documents.js';
import { Statements } from './statements.js';

/** A vector and whose it is. */
export interface PassageVector {
  /** The passage's id. */
  id: number;
  /** The key of its document. */
  document: number;
  vector: Float32Array;
}

const snapshotRecord = z.object({
  file: z.string(),
  sha256: z.string(),
  /** The greatest id in it. */
  lastPassage: z.number(),
  /** How far the removals are marked in it (`removed_passages.number`). */
  lastRemoval: z.number(),
  /** Labels in it, the marked ones included. */
  labels: z.number(),
});

/** What the vector index's snapshot on disk holds. */
export type SnapshotRecord = z.output<typeof snapshotRecord>;

const SNAPSHOT = 'vector-index-snapshot';

/** The vectors in SQLite, of which the vector index is a cache. */
export class VectorStore {
  /** By document, from memory where they were asked for lately. */
  readonly held: DocumentVectors;
  readonly #statements: Statements;
  readonly #documents: PassageDocuments;

  constructor(database: Database) {
    this.#statements = new Statements(database);
    this.held = new DocumentVectors(database);
    this.#documents = new PassageDocuments(database);
  }

  /** To be told before a document's passages are removed. */
  forget(document: number, passages: number[]): void {
    this.held.forget(document);
    this.#documents.forget(passages);
  }

  /** To be told when writes were undone: what was read among them is read anew. */
  forgetAll(): void {
    this.held.forgetAll();
    this.#documents.forgetAll();
  }

  /** Vectors in the order of their ids, after `after`; `limit` at most. */
  after(after: number, limit: number): { id: number; vector: Float32Array }[] {
    const rows = this.#statements
      .prepare('SELECT passage AS id, vector FROM vectors WHERE passage > ? ORDER BY passage LIMIT ?')
      .all(after, limit) as { id: number; vector: Buffer }[];
    return rows.map(({ id, vector }) => ({ id, vector: toFloats(vector) }));
  }

  /** The vectors of all passages of these documents, those of one document together and in order. */
  ofDocuments(keys: number[]): PassageVector[] {
    const rows = this.#statements
      .prepare(
        `SELECT passages.id, passages.document, vectors.vector FROM passages JOIN vectors ON vectors.passage = passages.id
         WHERE passages.document IN (SELECT value FROM json_each(?)) ORDER BY passages.document, passages.id`,
      )
      .raw()
      .all(JSON.stringify(keys)) as [number, number, Buffer][];
    return rows.map(([id, document, vector]) => ({ id, document, vector: toFloats(vector) }));
  }

  /** Writes the mean of the vectors of a document's passages, as they are now. Part of its caller's transaction. */
  putMean(document: number): void {
    const mean = meanVector(this.ofDocuments([document]).map(({ vector }) => vector));
    if (!mean) return;
    this.#statements
      .prepare('INSERT OR REPLACE INTO document_vectors (document, vector) VALUES (?, ?)')
      .run(document, Buffer.from(mean.buffer));
  }

  /**
   * The cosine of the best passage of each document to a unit vector, by comparing all of them. Only one vector at a
   * time is in memory.
   * @param keys only these documents; null for all
   */
  cosines(vector: Float32Array, keys: number[] | null): Map<number, number> {
    const condition = keys ? 'WHERE passages.document IN (SELECT value FROM json_each(?))' : '';
    const rows = this.#statements
      .prepare(
        `SELECT passages.document, vectors.vector FROM passages JOIN vectors ON vectors.passage = passages.id ${condition}`,
      )
      .raw()
      .iterate(...(keys ? [JSON.stringify(keys)] : [])) as IterableIterator<[number, Buffer]>;
    const best = new Map<number, number>();
    const own = new Float32Array(vector.length);
    const bytes = new Uint8Array(own.buffer);
    for (const [document, blob] of rows) {
      bytes.set(blob);
      const cosine = dot(vector, own);
      if (cosine > (best.get(document) ?? Number.NEGATIVE_INFINITY)) best.set(document, cosine);
    }
    return best;
  }

  /** The document of each of these passages, in their order; 0 for one that is gone. */
  documentsOf(passages: number[]): number[] {
    return this.#documents.of(passages);
  }

  countOfDocuments(keys: number[]): number {
    return this.#statements
      .prepare('SELECT count(*) FROM passages WHERE document IN (SELECT value FROM json_each(?))')
      .pluck()
      .get(JSON.stringify(keys)) as number;
  }

  count(): number {
    return this.#statements.prepare('SELECT count(*) FROM vectors').pluck().get() as number;
  }

  /** Removals after a number, in order. */
  removalsAfter(number: number): { number: number; passage: number }[] {
    return this.#statements
      .prepare('SELECT number, passage FROM removed_passages WHERE number > ? ORDER BY number')
      .all(number) as { number: number; passage: number }[];
  }

  /** Forgets removals up to a number, of passages that the snapshot has no labels of. */
  forgetRemovals(until: number): void {
    this.#statements.prepare('DELETE FROM removed_passages WHERE number <= ?').run(until);
  }

  lastRemoval(): number {
    return (
      (this.#statements
        .prepare("SELECT seq FROM sqlite_sequence WHERE name = 'removed_passages'")
        .pluck()
        .get() as number | undefined) ?? 0
    );
  }

  /** The snapshot that was written last; null where there is none, or its record can't be read. */
  snapshot(): SnapshotRecord | null {
    const value = this.#statements
      .prepare('SELECT iif(json_valid(value), value, NULL) FROM settings WHERE name = ?')
      .pluck()
      .get(SNAPSHOT);
    return typeof value === 'string' ? (snapshotRecord.safeParse(JSON.parse(value)).data ?? null) : null;
  }

  forgetSnapshot(): void {
    this.#statements.prepare('DELETE FROM settings WHERE name = ?').run(SNAPSHOT);
  }

  recordSnapshot(record: SnapshotRecord): void {
    this.#statements
      .prepare(
        'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(SNAPSHOT, JSON.stringify(record));
  }
}
