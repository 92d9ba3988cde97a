import type { Database } from 'better-sqlite3';

/** A document that has some of the words asked for. */
export interface KeywordMatch {
  document: number;
  /** BM25, higher is better. */
  score: number;
}

/** What a word in the title weighs against one in the text. */
const TITLE_WEIGHT = 2;

/** Full text over whole documents: SQLite FTS5 with Porter stemming. */
export class TermStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * The documents that hold any of the words, best by BM25 (k1 = 1.2, b = 0.75).
   * @param words plain words; what FTS5 would take for syntax is quoted
   * @param among only these documents' keys. Default: all
   */
  search(words: string[], limit: number, among: number[] | null = null): KeywordMatch[] {
    if (words.length === 0) return [];
    const query = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' OR ');
    const rows = this.#database
      .prepare(
        `SELECT rowid AS document, -bm25(document_terms, ${TITLE_WEIGHT}, 1) AS score FROM document_terms
         WHERE document_terms MATCH ? ${among ? 'AND rowid IN (SELECT value FROM json_each(?))' : ''}
         ORDER BY score DESC, rowid LIMIT ?`,
      )
      .all(query, ...(among ? [JSON.stringify(among)] : []), limit);
    return rows as KeywordMatch[];
  }
}
