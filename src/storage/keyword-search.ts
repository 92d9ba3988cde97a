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

/** A term that is everywhere in a text scores this many times its idf: k1 + 1. */
const MOST_OF_A_TERM = 2.2;

/** What FTS5 takes for the idf of a term that half of the documents have, or more. */
const LEAST_IDF = 1e-6;

/** So many words of a query are weighed one by one; of one that is longer, the rest is taken for as rare as they are. */
const MOST_WEIGHED = 32;

/** Terms whose idf FTS5 sees nearly as Akin does are scored together: a leg of its own costs time. */
const SAME_ENOUGH = 1.1;

/** What the words of a query find. */
export interface KeywordMatches {
  /** Best first. */
  matches: KeywordMatch[];
  /** The BM25 that no document exceeds, if it has every word ever so often. */
  ceiling: number;
}

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
   * its terms, and is as rare as all of its terms together. Its idf is ln(1 + (N − n + 0.5) / (n + 0.5)) for n of N
   * documents, as Lucene has it: words that most documents have count for little, and not for nothing.
   *
   * @param words each as the terms that it may go by
   * @param among only these documents' keys. Default: all
   */
  search(words: string[][], limit: number, among: number[] | null = null): KeywordMatches {
    const { legs, ceiling } = this.#weigh(words);
    return { matches: legs.length === 0 ? [] : this.#matches(legs, limit, among), ceiling };
  }

  #matches(legs: Leg[], limit: number, among: number[] | null): KeywordMatch[] {
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

  #weigh(words: string[][]): { legs: Leg[]; ceiling: number } {
    const all = Number(this.#statements.prepare('SELECT count(*) FROM documents').pluck().get());
    const weighed = words.slice(0, MOST_WEIGHED);
    const together: string[] = words.slice(MOST_WEIGHED).flat();
    const legs: Leg[] = [];
    let ceiling = 0;
    for (const [word, terms] of weighed.entries()) {
      const counted = this.#counted(terms);
      const [only, ...more] = counted;
      const having = more.length > 0 ? this.#count(counted.map(({ term }) => term)) : (only?.documents ?? 0);
      const rarity = idf(having, all);
      ceiling += MOST_OF_A_TERM * rarity;
      for (const { term, documents } of counted) {
        const factor = rarity / idfOfFts5(documents, all);
        if (counted.length === 1 && factor < SAME_ENOUGH) together.push(term);
        else legs.push({ word, terms: [term], factor });
      }
    }
    if (together.length > 0) legs.unshift({ word: null, terms: together, factor: 1 });
    return { legs, ceiling: (ceiling * words.length) / Math.max(1, weighed.length) };
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

function idf(having: number, all: number): number {
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}

/** As bm25() has it, for which each term that is written in a query is a word of its own. */
function idfOfFts5(having: number, all: number): number {
  return Math.max(LEAST_IDF, Math.log((all - having + 0.5) / (having + 0.5)));
}

function anyOf(terms: string[]): string {
  return anyPhraseOf(terms.map((term) => [term]));
}

/** Rows of terms in FTS5's quotes. There are only letters, digits and marks in terms: nothing that would be syntax. */
function anyPhraseOf(phrases: string[][]): string {
  return phrases.map((terms) => `"${terms.join(' ')}"`).join(' OR ');
}
