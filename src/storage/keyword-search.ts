import type { Database } from 'better-sqlite3';
import { matchAny, matchAnywhere, type SoughtTerm } from './match-terms.js';
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

/** What FTS5 scores together, and what corrects its score. */
interface Leg {
  /** The legs of one word have its place in the query; null for the words with one term in all languages. */
  word: number | null;
  match: string;
  factor: number;
}

/** A term of a word, with the number of documents that it is in. */
interface CountedTerm {
  term: string;
  /** In each of the languages in which it is a form of the word. */
  sought: SoughtTerm[];
  /** In these languages, and in any. */
  documents: number;
  anywhere: number;
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
   * its terms, and is as rare as all of its terms together; each term counts in its own languages alone. A word's idf is
   * ln(1 + (N − n + 0.5) / (n + 0.5)) for n of N documents, as Lucene has it: words that most documents have count for
   * little, and not for nothing.
   *
   * @param words each as the terms that it may go by
   * @param among only these documents' keys. Default: all
   */
  search(words: SoughtTerm[][], limit: number, among: number[] | null = null): KeywordMatches {
    const { legs, ceiling } = this.#weigh(words);
    return { matches: legs.length === 0 ? [] : this.#matches(legs, limit, among), ceiling };
  }

  #matches(legs: Leg[], limit: number, among: number[] | null): KeywordMatch[] {
    const parts = legs.map(
      () => `SELECT ? AS word, rowid AS document, -bm25(document_terms, ${TITLE_WEIGHT}, 1, 0) * ? AS score
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
        ...legs.flatMap(({ word, factor, match }) => [word, factor, match]),
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
      ...(wanted.length > 0 ? [wanted.map((wordings) => `(${matchAny(wordings)})`).join(' AND ')] : []),
      ...(unwanted.length > 0 ? [matchAny(unwanted)] : []),
    ];
    return this.#statements
      .prepare(`SELECT key FROM documents WHERE ${having} AND ${lacking}`)
      .pluck()
      .all(...parameters) as number[];
  }

  #weigh(words: SoughtTerm[][]): { legs: Leg[]; ceiling: number } {
    const all = Number(this.#statements.prepare('SELECT count(*) FROM documents').pluck().get());
    const weighed = words.slice(0, MOST_WEIGHED);
    const together = words.slice(MOST_WEIGHED).flatMap((sought) => sought.map(({ term }) => term));
    const legs: Leg[] = [];
    let ceiling = 0;
    for (const [word, sought] of weighed.entries()) {
      const counted = this.#counted(sought);
      const [only, ...more] = counted;
      const having = more.length > 0 ? this.#count(matchAny(sought)) : (only?.documents ?? 0);
      const rarity = idf(having, all);
      ceiling += MOST_OF_A_TERM * rarity;
      for (const { term, sought: own, documents, anywhere } of counted) {
        const factor = rarity / idfOfFts5(anywhere, all);
        const isAlone = counted.length === 1 && documents === anywhere;
        if (isAlone && factor < SAME_ENOUGH) together.push(term);
        else legs.push({ word, match: matchAny(own), factor });
      }
    }
    if (together.length > 0) legs.unshift({ word: null, match: matchAnywhere(together), factor: 1 });
    return { legs, ceiling: (ceiling * words.length) / Math.max(1, weighed.length) };
  }

  /** Those of a word's terms that documents have. */
  #counted(sought: SoughtTerm[]): CountedTerm[] {
    const ways = this.#terms.stemmings().length;
    return [...new Set(sought.map(({ term }) => term))]
      .map((term) => {
        const own = sought.filter((one) => one.term === term);
        const anywhere = this.#count(matchAnywhere([term]));
        // A word that is the same in all languages need not be counted in its own.
        const documents = own.length >= ways ? anywhere : this.#count(matchAny(own));
        return { term, sought: own, documents, anywhere };
      })
      .filter(({ documents }) => documents > 0);
  }

  #count(match: string): number {
    const count = this.#statements.prepare(
      'SELECT count(*) FROM document_terms WHERE document_terms MATCH ?',
    );
    return Number(count.pluck().get(match));
  }
}

function idf(having: number, all: number): number {
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}

/** As bm25() has it, for which each term that is written in a query is a word of its own. */
function idfOfFts5(having: number, all: number): number {
  return Math.max(LEAST_IDF, Math.log((all - having + 0.5) / (having + 0.5)));
}
