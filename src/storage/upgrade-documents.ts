import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { DocumentStore } from './document-store.js';
import type { TermStore } from './term-store.js';
import type { VectorStore } from './vector-store.js';

/** How far an index has come that is brought up to date, in documents. */
export interface UpgradeProgress {
  done: number;
  total: number;
}

/** Documents of one transaction: few enough that the event loop is not held for long. */
const DOCUMENTS_AT_ONCE = 16;

/** The key of the last document that is up to date; there is none where nothing is to be done. */
const MADE_TO = 'made_to';

/**
 * Makes the terms and the mean vectors of documents that were stored by an Akin without them. What was broken off goes
 * on at the next opening. Until it resolves, words find only a part of the documents.
 */
export async function upgradeDocuments(
  database: Database,
  { documents, terms, vectors }: { documents: DocumentStore; terms: TermStore; vectors: VectorStore },
  onProgress?: (progress: UpgradeProgress) => void,
): Promise<void> {
  const madeTo = database.prepare('SELECT CAST(value AS INTEGER) FROM settings WHERE name = ?').pluck();
  const note = database.prepare('UPDATE settings SET value = ? WHERE name = ?');
  const forget = database.prepare('DELETE FROM settings WHERE name = ?');
  const countTo = database.prepare('SELECT count(*) FROM documents WHERE key <= ?').pluck();

  const makeSome = database.transaction((after: number): void => {
    const rows = documents.list({ limit: DOCUMENTS_AT_ONCE, after });
    for (const { key, title, language } of rows) {
      terms.add(key, { title, language, text: documents.textOf(key) });
      vectors.putMean(key);
    }
    const last = rows.at(-1);
    if (last) note.run(String(last.key), MADE_TO);
    else forget.run(MADE_TO);
  });

  const { documents: total } = documents.counts();
  for (let after = madeTo.get(MADE_TO); after !== undefined; after = madeTo.get(MADE_TO)) {
    onProgress?.({ done: Number(countTo.get(after)), total });
    makeSome(Number(after));
    await nextTurn();
  }
}
