import type { Database } from 'better-sqlite3';
import { meanVector } from '../embedding/vector-math.js';
import { toFloats } from './document-vectors.js';
import { Statements } from './statements.js';

/** A passage with what is embedded of it. */
export interface PassageToEmbed {
  id: number;
  /** The key of its document. */
  document: number;
  title: string | null;
  heading: string | null;
  text: string;
}

const NEXT_MODEL = 'next-model';
const DROPPED_AT_ONCE = 1_000;

const TABLES = `
  CREATE TABLE IF NOT EXISTS next_vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE, vector BLOB NOT NULL
  );
  CREATE TABLE IF NOT EXISTS next_document_vectors (
    document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE, vector BLOB NOT NULL
  );
`;

/** By names alone: the new tables take the place of the old ones, which are emptied afterwards. */
const SWAP = `
  ALTER TABLE vectors RENAME TO old_vectors;
  ALTER TABLE next_vectors RENAME TO vectors;
  ALTER TABLE document_vectors RENAME TO old_document_vectors;
  ALTER TABLE next_document_vectors RENAME TO document_vectors;
  DELETE FROM settings WHERE name IN ('next-model', 'vector-index-snapshot');
`;

/**
 * The vectors of another model, made beside those that serve, in tables of their own. Passages come in the order of
 * their ids, and a changed one has a new id: all up to the last one are made.
 */
export class NextVectors {
  readonly #database: Database;
  readonly #statements: Statements;

  /**
   * Takes up what an earlier process left, if it was for the same model.
   * @param fingerprint of the model
   */
  constructor(database: Database, fingerprint: string) {
    this.#database = database;
    this.#statements = new Statements(database);
    database.transaction(() => {
      if (this.#begun() !== fingerprint) database.exec(DROP_NEXT);
      database.exec(TABLES);
      database
        .prepare(
          'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        )
        .run(NEXT_MODEL, fingerprint);
    })();
  }

  /** The passages that have no vector yet, in the order of their ids. */
  missing(limit: number): PassageToEmbed[] {
    return this.#statements
      .prepare(
        `SELECT passages.id, document, title, heading, passages.text FROM passages
         JOIN documents ON documents.key = passages.document
         WHERE passages.id > ? ORDER BY passages.id LIMIT ?`,
      )
      .all(this.last, limit) as PassageToEmbed[];
  }

  count(): number {
    return this.#statements.prepare('SELECT count(*) FROM next_vectors').pluck().get() as number;
  }

  /** Vectors in the order of their passages' ids, after `after`; `limit` at most. */
  after(after: number, limit: number): { id: number; vector: Float32Array }[] {
    const rows = this.#statements
      .prepare('SELECT passage AS id, vector FROM next_vectors WHERE passage > ? ORDER BY passage LIMIT ?')
      .all(after, limit) as { id: number; vector: Buffer }[];
    return rows.map(({ id, vector }) => ({ id, vector: toFloats(vector) }));
  }

  /** Stores the vectors of passages, but for those that are gone by now, and the means of their documents. */
  put(passages: PassageToEmbed[], vectors: Float32Array[]): void {
    const insert = this.#statements.prepare(
      'INSERT INTO next_vectors (passage, vector) SELECT id, ? FROM passages WHERE id = ?',
    );
    this.#database.transaction(() => {
      for (const [place, { id }] of passages.entries()) {
        const vector = vectors[place];
        if (vector) insert.run(Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength), id);
      }
      for (const document of new Set(passages.map((passage) => passage.document))) this.#putMean(document);
    })();
  }

  /** Puts these vectors in the place of the others, at once. Nothing may be missing. */
  swap(fingerprint: string): void {
    this.#database.transaction(() => {
      this.#database.exec(SWAP);
      this.#database.prepare("UPDATE settings SET value = ? WHERE name = 'model'").run(fingerprint);
    })();
  }

  #putMean(document: number): void {
    const rows = this.#statements
      .prepare(
        'SELECT vector FROM next_vectors JOIN passages ON passages.id = passage WHERE document = ? ORDER BY passage',
      )
      .pluck()
      .all(document) as Buffer[];
    const mean = meanVector(rows.map(toFloats));
    if (!mean) return;
    this.#statements
      .prepare('INSERT OR REPLACE INTO next_document_vectors (document, vector) VALUES (?, ?)')
      .run(document, Buffer.from(mean.buffer));
  }

  /** The last passage that has a vector; 0 where none has. */
  get last(): number {
    return Number(this.#statements.prepare('SELECT max(passage) FROM next_vectors').pluck().get() ?? 0);
  }

  #begun(): unknown {
    return this.#database.prepare('SELECT value FROM settings WHERE name = ?').pluck().get(NEXT_MODEL);
  }
}

const DROP_NEXT = 'DROP TABLE IF EXISTS next_vectors; DROP TABLE IF EXISTS next_document_vectors;';

/** Empties and drops what a swap left; each step takes a little of it. @returns whether there is more */
export function dropOldVectors(database: Database): boolean {
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE name IN ('old_vectors', 'old_document_vectors')")
    .pluck()
    .all() as string[];
  const [table] = tables;
  if (!table) return false;
  const { changes } = database
    .prepare(`DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} LIMIT ?)`)
    .run(DROPPED_AT_ONCE);
  if (changes === 0) database.exec(`DROP TABLE ${table}`);
  return true;
}
