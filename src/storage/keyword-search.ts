import type { Database } from 'better-sqlite3';
import { Statements } from './statements.js';
import type { TermStore } from './term-store.js';

/** A document that has some of the words asked for. */
export interface KeywordMatch {
  document: number;
  /** BM25, higher is better. */
  score: number;
}

/** What a word in the title weighs against one in the text. */
const TITLE_WEIGHT = 2;

/** What FTS5 takes for the idf of a term that half of the documents have, or more. */
const LEAST_IDF = 1e-6;

/** So many words of a query are weighed one by one; in one that is longer, what terms a word has matters less. */
const MOST_WEIGHED = 32;

/** Terms that FTS5 scores together, and what corrects their score. */
interface Leg {
  /** The legs of one word have its place in the query; null for the words with but one term each. */
  word: number | null;
  terms: string[];
  factor: number;
}

/** Finds documents by their words: SQLite FTS5 over the terms of whole documents. */
export class KeywordSearch {
  readonly #database: Database;
  readonly #statements: Statements;
  readonly #terms: TermStore;

  constructor(database: Database, terms: TermStore) {
    this.#database = database;
    this.#statements = new Statements(database);
    this.#terms = terms;
  }

  /**
   * The documents that have any of the words, best by BM25 (k1 = 1.2, b = 0.75). A word counts once, by the best of
   * its terms, and is as rare as all of its terms together.
   *
   * @param words each as the terms that it may go by
   * @param among only these documents' keys. Default: all
   */
  search(words: string[][], limit: number, among: number[] | null = null): KeywordMatch[] {
    const legs = this.#legsOf(words);
    if (legs.length === 0) return [];
    const parts = legs.map(
      () => `SELECT ? AS word, rowid AS document, -bm25(document_terms, ${TITLE_WEIGHT}, 1) * ? AS score
             FROM document_terms
             WHERE document_terms MATCH ? ${among ? 'AND rowid IN (SELECT key FROM allowed)' : ''}`,
    );
    const matches =
      parts.length === 1
        ? parts[0]
        : `SELECT document, sum(score) AS score FROM
             (SELECT document, max(score) AS score FROM (${parts.join(' UNION ALL ')}) GROUP BY word, document)
           GROUP BY document`;
    // A statement for each number of words is seldom the same one again: it is not kept.
    return this.#database
      .prepare(
        `${among ? 'WITH allowed AS MATERIALIZED (SELECT value AS key FROM json_each(?))' : ''}
         SELECT document, score FROM (${matches}) ORDER BY score DESC, document LIMIT ?`,
      )
      .all(
        ...(among ? [JSON.stringify(among)] : []),
        ...legs.flatMap(({ word, factor, terms }) => [word, factor, anyOf(terms)]),
        limit,
      ) as KeywordMatch[];
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
      ...(wanted.length > 0 ? [wanted.map((wordings) => `(${anyPhraseOf(wordings)})`).join(' AND ')] : []),
      ...(unwanted.length > 0 ? [anyPhraseOf(unwanted)] : []),
    ];
    return this.#statements
      .prepare(`SELECT key FROM documents WHERE ${having} AND ${lacking}`)
      .pluck()
      .all(...parameters) as number[];
  }

  #legsOf(words: string[][]): Leg[] {
    const single: string[] = [];
    const legs: Leg[] = [];
    for (const [word, terms] of words.entries()) {
      const counted = terms.length > 1 && word < MOST_WEIGHED ? this.#counted(terms) : [];
      if (counted.length > 1) legs.push(...this.#legsOfWord(word, counted));
      else single.push(...(counted.length === 1 ? counted.map(({ term }) => term) : terms));
    }
    return single.length > 0 ? [{ word: null, terms: single, factor: 1 }, ...legs] : legs;
  }

  #legsOfWord(word: number, counted: { term: string; documents: number }[]): Leg[] {
    const together = this.#count(counted.map(({ term }) => term));
    const all = Number(this.#statements.prepare('SELECT count(*) FROM documents').pluck().get());
    return counted.map(({ term, documents }) => ({
      word,
      terms: [term],
      factor: idf(together, all) / idf(documents, all),
    }));
  }

  /** Those of some terms that documents have, with the number of these. */
  #counted(terms: string[]): { term: string; documents: number }[] {
    return terms
      .map((term) => ({ term, documents: this.#count([term]) }))
      .filter(({ documents }) => documents > 0);
  }

  /** In how many documents any of these terms is. */
  #count(terms: string[]): number {
    return Number(
      this.#statements
        .prepare('SELECT count(*) FROM document_terms WHERE document_terms MATCH ?')
        .pluck()
        .get(anyOf(terms)),
    );
  }
}

/** As FTS5's bm25() has it, for which each term that is written in a query is a word of its own. */
function idf(having: number, all: number): number {
  return Math.max(LEAST_IDF, Math.log((all - having + 0.5) / (having + 0.5)));
}

function anyOf(terms: string[]): string {
  return anyPhraseOf(terms.map((term) => [term]));
}

/** Rows of terms in FTS5's quotes. There are only letters, digits and marks in terms: nothing that would be syntax. */
function anyPhraseOf(phrases: string[][]): string {
  return phrases.map((terms) => `"${terms.join(' ')}"`).join(' OR ');
}
