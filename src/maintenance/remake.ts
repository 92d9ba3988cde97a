import type { Database } from 'better-sqlite3';
import { DocumentStore } from '../storage/document-store.js';
import { SiteStore } from '../storage/site-store.js';
import { TermCountStore } from '../storage/term-count-store.js';
import { TermStore } from '../storage/term-store.js';
import { upgradeDocuments } from '../storage/upgrade-documents.js';
import { VectorStore } from '../storage/vector-store.js';
import { VersionStore } from '../storage/version-store.js';

/** What of documents is made of their texts and vectors, and can be made of them again. */
export class Remake {
  readonly #database: Database;
  readonly #terms: TermStore;
  readonly #vectors: VectorStore;
  readonly #documents: DocumentStore;

  constructor(database: Database) {
    this.#database = database;
    this.#terms = new TermStore(database, new TermCountStore(database));
    this.#vectors = new VectorStore(database);
    this.#documents = new DocumentStore(database, {
      versions: new VersionStore(database),
      sites: new SiteStore(database),
      terms: this.#terms,
      vectors: this.#vectors,
    });
  }

  /** The words of these documents. */
  words(keys: number[]): void {
    const forget = [
      this.#database.prepare('DELETE FROM document_terms WHERE rowid = ?'),
      this.#database.prepare('DELETE FROM term_counts WHERE document = ?'),
    ];
    for (const [key, { title, language }] of this.#documents.rows(keys)) {
      for (const statement of forget) statement.run(key);
      this.#terms.add(key, { title, language, text: this.#documents.textOf(key) });
    }
  }

  /** The means of the vectors of these documents. */
  means(keys: number[]): void {
    for (const key of keys) {
      this.#database.prepare('DELETE FROM document_vectors WHERE document = ?').run(key);
      this.#vectors.putMean(key);
    }
  }

  /** The words of all documents, whatever state they are in; one that is broken off goes on at the next opening. */
  async allWords(): Promise<void> {
    this.#database.transaction(() => {
      this.#database.exec(`
        INSERT INTO document_terms (document_terms) VALUES ('delete-all');
        DELETE FROM words;
        DELETE FROM terms;
        DELETE FROM term_counts;
        INSERT OR REPLACE INTO settings (name, value) VALUES ('made_to', '0');
      `);
    })();
    const [documents, terms, vectors] = [this.#documents, this.#terms, this.#vectors];
    await upgradeDocuments(this.#database, { documents, terms, vectors });
  }
}
