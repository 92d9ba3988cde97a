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
    const query = anyOf(words);
    const rows = this.#database
      .prepare(
        `SELECT rowid AS document, -bm25(document_terms, ${TITLE_WEIGHT}, 1) AS score FROM document_terms
         WHERE document_terms MATCH ? ${among ? 'AND rowid IN (SELECT value FROM json_each(?))' : ''}
         ORDER BY score DESC, rowid LIMIT ?`,
      )
      .all(query, ...(among ? [JSON.stringify(among)] : []), limit);
    return rows as KeywordMatch[];
  }

  /**
   * The keys of the documents that have each of some phrases, their words in that order and in whatever form, and none
   * of some others. Words that stand in no text, such as signs, ask for nothing.
   */
  documentsWith(phrases: string[], excluded: string[]): number[] {
    const all = phrases.map(quoted).join(' AND ');
    const having =
      phrases.length > 0 ? 'key IN (SELECT rowid FROM document_terms WHERE document_terms MATCH ?)' : '1';
    const lacking =
      excluded.length > 0
        ? 'key NOT IN (SELECT rowid FROM document_terms WHERE document_terms MATCH ?)'
        : '1';
    const parameters = [
      ...(phrases.length > 0 ? [all] : []),
      ...(excluded.length > 0 ? [anyOf(excluded)] : []),
    ];
    return this.#database
      .prepare(`SELECT key FROM documents WHERE ${having} AND ${lacking}`)
      .pluck()
      .all(...parameters) as number[];
  }
}

function anyOf(texts: string[]): string {
  return texts.map(quoted).join(' OR ');
}

/** A text in FTS5's quotes: nothing in it is syntax. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
