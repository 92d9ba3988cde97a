import type { Database, Statement } from 'better-sqlite3';
import type { SoughtTerm } from './match-terms.js';
import { Statements } from './statements.js';
import {
  packTermCounts,
  type TermCounts,
  TITLE_WEIGHT,
  toTermCounts,
  unpackTermCounts,
} from './term-counts.js';

/** A document with its terms. */
export interface CountedDocument {
  /** Its key. */
  document: number;
  counts: TermCounts;
}

/** A term in one way of stemming, and the number that it goes by. */
export interface NumberedTerm {
  id: number;
  stemming: string;
}

/**
 * How often each document has which terms, of which the keyword index is a cache. Each method is part of its caller's
 * transaction.
 */
export class TermCountStore {
  readonly #statements: Statements;

  constructor(database: Database) {
    this.#statements = new Statements(database);
  }

  /** A term gets a number when the first word comes that goes by it. */
  addWord({ term, stemming }: SoughtTerm): void {
    this.#prepare(
      `INSERT INTO terms (term, stemming, words) VALUES (?, ?, 1)
       ON CONFLICT (term, stemming) DO UPDATE SET words = words + 1`,
    ).run(term, stemming);
  }

  /** With the last of its words, a term is gone too. */
  removeWord({ term, stemming }: SoughtTerm): void {
    const words = this.#prepare(
      'UPDATE terms SET words = words - 1 WHERE term = ? AND stemming = ? RETURNING words',
    )
      .pluck()
      .get(term, stemming);
    if (words === 0) this.#prepare('DELETE FROM terms WHERE term = ? AND stemming = ?').run(term, stemming);
  }

  /** @param document the key of one that has no terms yet; its words are added */
  add(document: number, title: string[], text: string[], stemming: string): TermCounts {
    const id = this.#prepare('SELECT id FROM terms WHERE term = ? AND stemming = ?').pluck();
    const counted = new Map<string, number>();
    for (const term of title) counted.set(term, (counted.get(term) ?? 0) + TITLE_WEIGHT);
    for (const term of text) counted.set(term, (counted.get(term) ?? 0) + 1);
    const numbered = new Map(Array.from(counted, ([term, count]) => [Number(id.get(term, stemming)), count]));
    const counts = toTermCounts(numbered, title.length + text.length + 1);
    this.#prepare('INSERT INTO term_counts (document, length, counts) VALUES (?, ?, ?)').run(
      document,
      counts.length,
      packTermCounts(counts),
    );
    return counts;
  }

  /** Forgets a document's terms; gives them, as long as their numbers are theirs. */
  remove(document: number): TermCounts | null {
    const row = this.#prepare('DELETE FROM term_counts WHERE document = ? RETURNING length, counts').get(
      document,
    ) as { length: number; counts: Buffer } | undefined;
    return row ? unpackTermCounts(row.counts, row.length) : null;
  }

  /** A term in each way of stemming in which documents have it. */
  numbersOf(term: string): NumberedTerm[] {
    return this.#prepare('SELECT id, stemming FROM terms WHERE term = ?').all(term) as NumberedTerm[];
  }

  /** Whether a document has this term. */
  has({ term, stemming }: SoughtTerm): boolean {
    const found = this.#prepare('SELECT 1 FROM terms WHERE term = ? AND stemming = ?');
    return found.get(term, stemming) !== undefined;
  }

  /** Documents in the order of their keys, after `after`; `limit` at most. */
  after(after: number, limit: number): CountedDocument[] {
    const rows = this.#prepare(
      'SELECT document, length, counts FROM term_counts WHERE document > ? ORDER BY document LIMIT ?',
    )
      .raw()
      .all(after, limit) as [number, number, Buffer][];
    return rows.map(([document, length, counts]) => ({ document, counts: unpackTermCounts(counts, length) }));
  }

  #prepare(sql: string): Statement<unknown[]> {
    return this.#statements.prepare(sql);
  }
}
