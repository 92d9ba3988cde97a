import type { Database } from 'better-sqlite3';
import { matchAny } from './match-terms.js';
import { Statements } from './statements.js';
import type { TermStore } from './term-store.js';

/** Finds documents by words that stand in a row: SQLite FTS5 over the terms of whole documents. */
export class PhraseSearch {
  readonly #statements: Statements;
  readonly #terms: TermStore;

  constructor(database: Database, terms: TermStore) {
    this.#statements = new Statements(database);
    this.#terms = terms;
  }

  /**
   * The keys of the documents that have each of some phrases, their words in that order and in whatever form, and none
   * of some others. Words that stand in no text, such as signs, ask for nothing.
   */
  documentsWith(phrases: string[], excluded: string[]): number[] {
    const wanted = phrases.map((phrase) => this.#terms.wordingsOf(phrase)).filter(({ length }) => length > 0);
    const unwanted = excluded.flatMap((phrase) => this.#terms.wordingsOf(phrase));
    const matching = 'IN (SELECT rowid FROM document_terms WHERE document_terms MATCH ?)';
    const having = wanted.length > 0 ? `key ${matching}` : '1';
    const lacking = unwanted.length > 0 ? `key NOT ${matching}` : '1';
    const parameters = [
      ...(wanted.length > 0 ? [wanted.map((wordings) => `(${matchAny(wordings)})`).join(' AND ')] : []),
      ...(unwanted.length > 0 ? [matchAny(unwanted)] : []),
    ];
    return this.#statements
      .prepare(`SELECT key FROM documents WHERE ${having} AND ${lacking}`)
      .pluck()
      .all(...parameters) as number[];
  }
}
