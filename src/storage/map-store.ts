import type { Database } from 'better-sqlite3';
import type { Filter } from '../filter.js';
import { toFloats } from './document-vectors.js';
import { filterToSql } from './filter-sql.js';
import { Statements } from './statements.js';

/** What of a document the map is drawn from. */
export interface MapVector {
  key: number;
  id: string;
  /** The mean of its passages' vectors. */
  vector: Float32Array;
}

/** What the map shows of a document. */
export interface MapRow {
  key: number;
  id: string;
  title: string | null;
  source: string | null;
  language: string | null;
  publishedAt: string | null;
  /** How it begins, where it has no title. */
  beginning: string | null;
}

/** In UTF-16 units. */
export const BEGINNING = 160;

/** What the map needs of all documents, a portion at a time, in the order of their ids. */
export class MapStore {
  readonly #statements: Statements;

  constructor(database: Database) {
    this.#statements = new Statements(database);
  }

  /** What changes with every change of a document's passages: its key and the last of them. */
  states(after: string, limit: number): { id: string; key: number; lastPassage: number | null }[] {
    return this.#statements
      .prepare(
        `SELECT id, key, (SELECT max(passages.id) FROM passages WHERE passages.document = documents.key) AS lastPassage
         FROM documents WHERE id > ? ORDER BY id LIMIT ?`,
      )
      .all(after, limit) as { id: string; key: number; lastPassage: number | null }[];
  }

  /** Documents with their vectors; those without passages have none and are left out. */
  vectors(after: string, limit: number): MapVector[] {
    const rows = this.#statements
      .prepare(
        `SELECT key, id, vector FROM documents JOIN document_vectors ON document_vectors.document = documents.key
         WHERE id > ? ORDER BY id LIMIT ?`,
      )
      .all(after, limit) as { key: number; id: string; vector: Buffer }[];
    return rows.map((row) => ({ ...row, vector: toFloats(row.vector) }));
  }

  /** Documents as they are now, of those that a filter lets through. */
  rows(after: string, limit: number, filter: Filter | null): MapRow[] {
    const { sql, parameters } = filter ? filterToSql(filter) : { sql: '1', parameters: [] };
    return this.#statements
      .prepare(
        `SELECT key, id, title, source, language, published_at AS publishedAt,
           iif(title IS NULL, (SELECT substr(text, 1, ${BEGINNING}) FROM passages WHERE passages.document = documents.key ORDER BY passages.id LIMIT 1), NULL) AS beginning
         FROM documents WHERE documents.id > ? AND (${sql}) ORDER BY documents.id LIMIT ?`,
      )
      .all(after, ...parameters, limit) as MapRow[];
  }
}
