import { type Database, SqliteError } from 'better-sqlite3';
import { stemmingOf } from '../documents/stem.js';
import { termsOf } from '../documents/terms.js';
import { AkinError } from '../errors.js';
import { Turns } from '../turns.js';
import type { DocumentRow, DocumentStore } from './document-store.js';

/** Documents whose words are read together. */
const DOCUMENTS_AT_ONCE = 16;
/** Pages of phrases that are written together. */
const PAGES_AT_ONCE = 64;

/** Gives the space of what was removed back to the file system, and takes the last traces of it from the disk. */
export class Compaction {
  readonly #database: Database;
  readonly #documents: DocumentStore;

  constructor(database: Database, documents: DocumentStore) {
    this.#database = database;
    this.#documents = documents;
  }

  /**
   * Forgets words that no document has any more as they are written, and what is known of sites' paragraphs that stand
   * on no page. Documents may be written meanwhile.
   */
  async forgetUnusedWords(checkStopped: () => void): Promise<void> {
    const turns = new Turns();
    const last = this.#database.prepare('SELECT max(id) FROM passages').pluck().get();
    const used = new Set<string>();
    for (let after = 0, isDone = false; !isDone; ) {
      checkStopped();
      const rows = this.#documents.list({ limit: DOCUMENTS_AT_ONCE, after });
      for (const row of rows) {
        this.#use(used, row);
        await turns.rest();
      }
      after = rows.at(-1)?.key ?? after;
      isDone = rows.length < DOCUMENTS_AT_ONCE;
    }
    this.#database.transaction(() => {
      // What was written meanwhile has new passages, or none.
      const written = this.#database
        .prepare(
          `SELECT document FROM passages WHERE id > ? UNION
           SELECT key FROM documents WHERE NOT EXISTS (SELECT 1 FROM passages WHERE document = key)`,
        )
        .pluck()
        .all(Number(last ?? 0)) as number[];
      for (const row of this.#documents.rows(written).values()) this.#use(used, row);
      this.#removeUnused(used);
      this.#database.exec('DELETE FROM site_paragraphs WHERE pages <= 0');
    })();
  }

  /** Merges the index of phrases into one segment, in which no removed document is. */
  async mergePhrases(checkStopped: () => void): Promise<void> {
    const merge = this.#database.prepare(
      "INSERT INTO document_terms (document_terms, rank) VALUES ('merge', ?)",
    );
    const changes = this.#database.prepare('SELECT total_changes()').pluck();
    const turns = new Turns();
    // The first call, with a negative number, takes in all segments; the others go on with what it began.
    for (let pages = -PAGES_AT_ONCE; ; pages = PAGES_AT_ONCE) {
      checkStopped();
      const before = Number(changes.get());
      merge.run(pages);
      // As SQLite's documentation says: with fewer than two changes there was nothing to do.
      if (Number(changes.get()) - before < 2) return;
      await turns.rest();
    }
  }

  /**
   * Writes the whole database anew. It takes as much space again while it does, and nothing else is done meanwhile.
   * @throws AkinError INDEX_UNWRITABLE where there is not so much space
   */
  vacuum(): void {
    try {
      this.#database.exec('VACUUM');
    } catch (error) {
      if (!(error instanceof SqliteError) || error.code !== 'SQLITE_FULL') throw error;
      throw new AkinError(
        'INDEX_UNWRITABLE',
        'There is not enough space to write the database anew: as much is needed as it takes, beside it and in the folder for temporary files (SQLITE_TMPDIR). Nothing is lost; make room and try again.',
        { cause: error },
      );
    }
    this.#database.pragma('wal_checkpoint(TRUNCATE)');
  }

  #use(used: Set<string>, { key, title, language }: DocumentRow): void {
    const stemming = stemmingOf(language);
    for (const text of [title ?? '', this.#documents.textOf(key)])
      for (const { folded, term } of termsOf(text, language)) used.add(nameOf(folded, term, stemming));
  }

  #removeUnused(used: Set<string>): void {
    const words = this.#database
      .prepare('SELECT word, words.term, terms.term, stemming FROM words JOIN terms ON terms.id = words.term')
      .raw()
      .all() as [word: string, id: number, term: string, stemming: string][];
    const remove = this.#database.prepare('DELETE FROM words WHERE word = ? AND term = ?');
    for (const [word, id, term, stemming] of words)
      if (!used.has(nameOf(word, term, stemming))) remove.run(word, id);
    // A term that documents have goes by a word of theirs.
    this.#database.exec('DELETE FROM terms WHERE id NOT IN (SELECT term FROM words)');
  }
}

function nameOf(word: string, term: string, stemming: string): string {
  return `${word}\n${term}\n${stemming}`;
}
