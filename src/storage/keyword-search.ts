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

/** What FTS5 takes for the idf of a term that half of the documents have, or more. */
const LEAST_IDF = 1e-6;

/** So many words of a query are weighed one by one; in one that is longer, what terms a word has matters less. */
const MOST_WEIGHED = 32;

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
   * its terms, and is as rare as all of its terms together; each term counts in its own languages alone.
   *
   * @param words each as the terms that it may go by
   * @param among only these documents' keys. Default: all
   */
  search(words: SoughtTerm[][], limit: number, among: number[] | null = null): KeywordMatch[] {
    const legs = this.#legsOf(words);
    if (legs.length === 0) return [];
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

  #legsOf(words: SoughtTerm[][]): Leg[] {
    const together: string[] = [];
    const legs: Leg[] = [];
    const ways = this.#terms.stemmings().length;
    for (const [word, sought] of words.entries()) {
      const terms = [...new Set(sought.map(({ term }) => term))];
      const isOne = terms.length === 1 && sought.length >= ways;
      if (isOne || word >= MOST_WEIGHED) {
        together.push(...terms);
        continue;
      }
      const [first, ...more] = this.#counted(terms, sought);
      if (!first) continue;
      if (more.length === 0 && first.documents === first.anywhere) together.push(first.term);
      else legs.push(...this.#legsOfWord(word, [first, ...more]));
    }
    if (together.length === 0) return legs;
    return [{ word: null, match: matchAnywhere(together), factor: 1 }, ...legs];
  }

  #legsOfWord(word: number, counted: CountedTerm[]): Leg[] {
    const having = this.#count(matchAny(counted.flatMap(({ sought }) => sought)));
    const all = Number(this.#statements.prepare('SELECT count(*) FROM documents').pluck().get());
    return counted.map(({ sought, anywhere }) => ({
      word,
      match: matchAny(sought),
      factor: idf(having, all) / idf(anywhere, all),
    }));
  }

  /** Those of a word's terms that documents have. */
  #counted(terms: string[], sought: SoughtTerm[]): CountedTerm[] {
    return terms
      .map((term) => {
        const own = sought.filter((one) => one.term === term);
        const documents = this.#count(matchAny(own));
        return { term, sought: own, documents, anywhere: this.#count(matchAnywhere([term])) };
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

/** As FTS5's bm25() has it, for which each term that is written in a query is a word of its own. */
function idf(having: number, all: number): number {
  return Math.max(LEAST_IDF, Math.log((all - having + 0.5) / (having + 0.5)));
}
