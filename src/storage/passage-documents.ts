import type { Database } from 'better-sqlite3';
import { Statements } from './statements.js';

const SMALLEST_CAPACITY = 1_024;

/**
 * Whose each passage is, in memory: four bytes a passage. What is not known yet is looked up in the database; a search
 * asks for hundreds at once.
 */
export class PassageDocuments {
  readonly #statements: Statements;
  /** By passage; 0 where it is not known. */
  #documents: Int32Array;

  /** Learns the passages that are there. */
  constructor(database: Database) {
    this.#statements = new Statements(database);
    const last = this.#statements.prepare('SELECT max(id) FROM passages').pluck().get();
    this.#documents = new Int32Array(Math.max(SMALLEST_CAPACITY, Number(last ?? 0) + 1));
    // The passages of a document are written at one go, so that their ids are in a row; where not, they are looked up.
    const rows = this.#statements
      .prepare('SELECT document, min(id), max(id), count(*) FROM passages GROUP BY document')
      .raw()
      .iterate() as IterableIterator<[number, number, number, number]>;
    for (const [document, first, end, count] of rows) {
      if (count === end - first + 1) this.#documents.fill(document, first, end + 1);
    }
  }

  /** The document of each of these passages, in their order; 0 for one that is gone. */
  of(passages: number[]): number[] {
    const documents = passages.map((passage) => this.#documents[passage] ?? 0);
    if (!documents.includes(0)) return documents;
    this.#lookUp(passages.filter((_, place) => documents[place] === 0));
    return passages.map((passage) => this.#documents[passage] ?? 0);
  }

  /** To be told before passages are removed: if that is undone, they are looked up. */
  forget(passages: number[]): void {
    for (const passage of passages) if (passage < this.#documents.length) this.#documents[passage] = 0;
  }

  /** To be told when writes were undone: ids that were given meanwhile may be given again. */
  forgetAll(): void {
    this.#documents.fill(0);
  }

  #lookUp(passages: number[]): void {
    const rows = this.#statements
      .prepare('SELECT id, document FROM passages WHERE id IN (SELECT value FROM json_each(?))')
      .raw()
      .all(JSON.stringify(passages)) as [number, number][];
    for (const [passage, document] of rows) this.#learn(passage, document);
  }

  #learn(passage: number, document: number): void {
    if (passage >= this.#documents.length) {
      const grown = new Int32Array(Math.ceil(passage * 1.5) + 1);
      grown.set(this.#documents);
      this.#documents = grown;
    }
    this.#documents[passage] = document;
  }
}
