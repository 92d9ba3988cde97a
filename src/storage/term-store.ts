import type { Database, Statement } from 'better-sqlite3';
import { stemmingOf } from '../documents/stem.js';
import { stemmedTerm, type TermOfText, termsOf } from '../documents/terms.js';
import { fold, wordsOf } from '../documents/words.js';
import { chanceToCount } from './approximate-count.js';
import { keyOf, matchAny, type SoughtTerm } from './match-terms.js';
import { Statements } from './statements.js';
import type { TermCountStore } from './term-count-store.js';
import { type TermCounts, TITLE_WEIGHT, toTermCounts } from './term-counts.js';

/** What of a document words are sought in. */
export interface TextOfDocument {
  title: string | null;
  text: string;
  /** A BCP 47 tag, by which words are stemmed; null where it is not known. */
  language: string | null;
}

/** A word that documents have and a term that it goes by. */
export interface KnownWord extends SoughtTerm {
  /** In lower case and without accents. */
  word: string;
}

/**
 * The words of all documents: their terms, by which documents are found, and the words as they are written, each with
 * the terms that it goes by. Each method is part of its caller's transaction.
 */
export class TermStore {
  readonly #statements: Statements;
  readonly #counts: TermCountStore;
  /** How documents were stemmed; more than there are do no harm. */
  #stemmings: Set<string> | null = null;

  constructor(database: Database, counts: TermCountStore) {
    this.#statements = new Statements(database);
    this.#counts = counts;
  }

  /** @param document its key, which has no terms yet */
  add(document: number, { title, text, language }: TextOfDocument): TermCounts {
    const stemming = stemmingOf(language);
    this.#stemmings?.add(stemming);
    const [inTitle, inText] = [termsOf(title ?? '', language), termsOf(text, language)];
    const [titleTerms, textTerms] = [inTitle, inText].map((words) => words.map(({ term }) => term).join(' '));
    this.#prepare('INSERT INTO document_terms (rowid, title, text, stemming) VALUES (?, ?, ?, ?)').run(
      document,
      titleTerms,
      textTerms,
      stemming,
    );
    const numberOf = this.#numbering(stemming);
    // A row is written when its count doubles, not for each document: those of common words stay as they are.
    const see = this.#prepare(
      `INSERT INTO words (word, term, doublings) VALUES (?, ?, 0)
       ON CONFLICT (word, term) DO UPDATE SET doublings = doublings + 1 WHERE ? * (1 << doublings) < 1`,
    );
    for (const { folded, term } of eachOnce([...inTitle, ...inText]))
      see.run(folded, numberOf(term), chanceToCount(document, folded));
    const counted = new Map<number, number>();
    const count = (words: TermOfText[], weight: number): void => {
      for (const { term } of words) counted.set(numberOf(term), (counted.get(numberOf(term)) ?? 0) + weight);
    };
    count(inTitle, TITLE_WEIGHT);
    count(inText, 1);
    return this.#counts.add(document, toTermCounts(counted, inTitle.length + inText.length + 1));
  }

  /**
   * Gives what `add` gave. A term that no document has any more is forgotten, with all words that went by it.
   * @param content what was added for it
   */
  remove(document: number, { title, text, language }: TextOfDocument): TermCounts | null {
    this.#prepare('DELETE FROM document_terms WHERE rowid = ?').run(document);
    const stemming = stemmingOf(language);
    const words = [...termsOf(title ?? '', language), ...termsOf(text, language)];
    const left = this.#prepare('SELECT 1 FROM document_terms WHERE document_terms MATCH ? LIMIT 1');
    for (const term of new Set(words.map((word) => word.term))) {
      if (left.get(matchAny([{ term, stemming }])) === undefined) this.#counts.forgetTerm({ term, stemming });
    }
    return this.#counts.remove(document);
  }

  /**
   * The terms that a word may go by in this index: its stem in each way that documents were stemmed, and what the same
   * word goes by where it was written with other accents or cases.
   */
  termsOf(word: string): SoughtTerm[] {
    const known = this.#prepare(
      'SELECT terms.term, stemming FROM words JOIN terms ON terms.id = words.term WHERE word = ?',
    ).all(fold(word)) as SoughtTerm[];
    const stems = this.stemmings().map((stemming) => ({ term: stemmedTerm(word, stemming), stemming }));
    return [...new Map([...stems, ...known].map((sought) => [keyOf(sought), sought])).values()];
  }

  termsOfWords(words: string[]): SoughtTerm[][] {
    return words.map((word) => this.termsOf(word));
  }

  /** Whether a document has one of these terms. */
  hasAny(terms: SoughtTerm[]): boolean {
    return terms.some((term) => this.#counts.has(term));
  }

  /**
   * Words of documents that begin with a text, those in most documents first, as far as powers of two tell.
   * @param beginning in lower case and without accents
   */
  wordsFrom(beginning: string, limit: number): KnownWord[] {
    return this.#prepare(
      `SELECT word, terms.term, stemming FROM words JOIN terms ON terms.id = words.term WHERE word BETWEEN ? AND ?
       ORDER BY doublings DESC, word, terms.term, stemming LIMIT ?`,
    ).all(beginning, `${beginning}\u{10FFFF}`, limit) as KnownWord[];
  }

  /** What documents may have where they have the words of a text in a row. */
  wordingsOf(text: string): SoughtTerm[] {
    const words = wordsOf(text).map(({ start, end }) => text.slice(start, end));
    const [only, ...more] = words;
    if (only === undefined) return [];
    if (more.length === 0) return this.termsOf(only);
    return this.stemmings().map((stemming) => ({
      term: words.map((word) => this.#likelyTerm(word, stemming)).join(' '),
      stemming,
    }));
  }

  /** How the documents of this index were stemmed. */
  stemmings(): string[] {
    this.#stemmings ??= new Set(
      (this.#prepare('SELECT DISTINCT language FROM documents').pluck().all() as (string | null)[]).map(
        stemmingOf,
      ),
    );
    return [...this.#stemmings].sort();
  }

  /** A word's term; where no document has it, that of the same word with other accents. */
  #likelyTerm(word: string, stemming: string): string {
    const term = stemmedTerm(word, stemming);
    if (this.#counts.has({ term, stemming })) return term;
    const known = this.#prepare(
      `SELECT terms.term FROM words JOIN terms ON terms.id = words.term WHERE word = ? AND stemming = ?
       ORDER BY doublings DESC, terms.term LIMIT 1`,
    )
      .pluck()
      .get(fold(word), stemming);
    return typeof known === 'string' ? known : term;
  }

  /** Gives the number of a term, each looked up once. */
  #numbering(stemming: string): (term: string) => number {
    const numbers = new Map<string, number>();
    return (term) => {
      const number = numbers.get(term) ?? this.#counts.numberOf({ term, stemming });
      numbers.set(term, number);
      return number;
    };
  }

  #prepare(sql: string): Statement<unknown[]> {
    return this.#statements.prepare(sql);
  }
}

function eachOnce(words: TermOfText[]): TermOfText[] {
  return [...new Map(words.map((word) => [`${word.folded} ${word.term}`, word])).values()];
}
