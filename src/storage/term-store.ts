import type { Database, Statement } from 'better-sqlite3';
import { type Stemmer, stemmerOf } from '../documents/stem.js';
import { termOf, termsOf } from '../documents/terms.js';
import { fold, wordsOf } from '../documents/words.js';
import { Statements } from './statements.js';

/** What of a document words are sought in. */
export interface TextOfDocument {
  title: string | null;
  text: string;
  /** A BCP 47 tag, by which words are stemmed; null where it is not known. */
  language: string | null;
}

/** A word that documents have and a term that it goes by. */
export interface KnownWord {
  /** In lower case and without accents. */
  word: string;
  term: string;
}

/**
 * The words of all documents: their terms, by which `KeywordSearch` finds documents, and the words as they are
 * written, each with the terms that it goes by. Each method is part of its caller's transaction.
 */
export class TermStore {
  readonly #statements: Statements;
  /** A language for each stemmer that documents were stemmed by; more than there are do no harm. */
  #languages: Map<Stemmer, string | null> | null = null;

  constructor(database: Database) {
    this.#statements = new Statements(database);
  }

  /** @param document its key, which has no terms yet */
  add(document: number, { title, text, language }: TextOfDocument): void {
    this.#languages?.set(stemmerOf(language), language);
    const [inTitle, inText] = [termsOf(title ?? '', language), termsOf(text, language)];
    const joined = [inTitle, inText].map((words) => words.map(({ term }) => term).join(' '));
    this.#prepare('INSERT INTO document_terms (rowid, title, text) VALUES (?, ?, ?)').run(
      document,
      ...joined,
    );
    const count = this.#prepare(
      `INSERT INTO words (word, term, documents) VALUES (?, ?, 1)
       ON CONFLICT (word, term) DO UPDATE SET documents = documents + 1`,
    );
    for (const { word, term } of eachOnce([...inTitle, ...inText])) count.run(word, term);
  }

  /** @param content what was added for it */
  remove(document: number, { title, text, language }: TextOfDocument): void {
    this.#prepare('DELETE FROM document_terms WHERE rowid = ?').run(document);
    const words = eachOnce([...termsOf(title ?? '', language), ...termsOf(text, language)]);
    const count = this.#prepare(
      'UPDATE words SET documents = documents - 1 WHERE word = ? AND term = ? RETURNING documents',
    ).pluck();
    const forget = this.#prepare('DELETE FROM words WHERE word = ? AND term = ?');
    for (const { word, term } of words) if (count.get(word, term) === 0) forget.run(word, term);
  }

  /**
   * The terms that a word may go by in this index: its stems in each language of a document, and what the same word
   * goes by where it was written with other accents or cases.
   */
  termsOf(word: string): string[] {
    const known = this.#prepare('SELECT term FROM words WHERE word = ?').pluck().all(fold(word)) as string[];
    return [...new Set([...this.languages().map((language) => termOf(word, language)), ...known])];
  }

  /** Whether a document has one of these terms. */
  hasAny(terms: string[]): boolean {
    return terms.some((term) => this.#has(term));
  }

  /**
   * Words of documents that begin with a text, those in most documents first.
   * @param beginning in lower case and without accents
   */
  wordsFrom(beginning: string, limit: number): KnownWord[] {
    return this.#prepare(
      'SELECT word, term FROM words WHERE word BETWEEN ? AND ? ORDER BY documents DESC, word, term LIMIT ?',
    ).all(beginning, `${beginning}\u{10FFFF}`, limit) as KnownWord[];
  }

  /** The ways in which documents may have the words of a text in a row, each as a row of terms. */
  wordingsOf(text: string): string[][] {
    const words = wordsOf(text).map(({ start, end }) => text.slice(start, end));
    const [only, ...more] = words;
    if (only === undefined) return [];
    if (more.length === 0) return this.termsOf(only).map((term) => [term]);
    const wordings = this.languages().map((language) =>
      words.map((word) => this.#likelyTerm(word, language)),
    );
    return [...new Map(wordings.map((terms) => [terms.join(' '), terms])).values()];
  }

  /** One language for each way of stemming in this index. */
  languages(): (string | null)[] {
    this.#languages ??= new Map(
      (this.#prepare('SELECT DISTINCT language FROM documents').pluck().all() as (string | null)[]).map(
        (language) => [stemmerOf(language), language],
      ),
    );
    return [...this.#languages.values()];
  }

  /** A word's term in a language; where no document has it, that of the same word with other accents. */
  #likelyTerm(word: string, language: string | null): string {
    const term = termOf(word, language);
    if (this.#has(term)) return term;
    const [known] = this.#prepare(
      'SELECT term FROM words WHERE word = ? ORDER BY documents DESC, term LIMIT 1',
    )
      .pluck()
      .all(fold(word)) as string[];
    return known ?? term;
  }

  #has(term: string): boolean {
    return (
      this.#prepare('SELECT 1 FROM document_terms WHERE document_terms MATCH ? LIMIT 1').get(`"${term}"`) !==
      undefined
    );
  }

  #prepare(sql: string): Statement<unknown[]> {
    return this.#statements.prepare(sql);
  }
}

function eachOnce(words: { folded: string; term: string }[]): KnownWord[] {
  const known = new Map(words.map(({ folded, term }) => [`${folded} ${term}`, { word: folded, term }]));
  return [...known.values()];
}
