import type { Database, Statement } from 'better-sqlite3';
import type { SoughtTerm } from './match-terms.js';
import { Statements } from './statements.js';
import { packTermCounts, type TermCounts, unpackTermCounts } from './term-counts.js';

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

  /** The number of a term; one that is new gets one. */
  numberOf({ term, stemming }: SoughtTerm): number {
    const known = this.#prepare('SELECT id FROM terms WHERE term = ? AND stemming = ?')
      .pluck()
      .get(term, stemming);
    if (known !== undefined) return Number(known);
    return Number(
      this.#prepare('INSERT INTO terms (term, stemming) VALUES (?, ?)').run(term, stemming).lastInsertRowid,
    );
  }

  /** Forgets a term, its number and all words that went by it. */
  forgetTerm({ term, stemming }: SoughtTerm): void {
    this.#prepare('DELETE FROM terms WHERE term = ? AND stemming = ?').run(term, stemming);
  }

  /** @param document the key of one that has no terms yet */
  add(document: number, counts: TermCounts): TermCounts {
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
