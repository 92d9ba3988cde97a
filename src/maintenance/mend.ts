import type { Database } from 'better-sqlite3';
import { VectorStore } from '../storage/vector-store.js';
import { mendFolder, type UnsoundFiles } from './check-folder.js';
import type { Examination } from './doctor.js';
import { Remake } from './remake.js';
import { ROW_CHECKS } from './row-checks.js';

/** The numbers of a parameter that is a JSON array. */
const LISTED = 'SELECT value FROM json_each(?)';

/**
 * Mends what an examination found, as far as it can be made from what is there: all rows in one transaction, then what
 * lies beside the database.
 */
export async function mend(
  database: Database,
  folder: string,
  { findings, unsound }: Examination,
): Promise<void> {
  if (!unsound) return;
  const found = new Set(findings.map(({ check }) => check));
  const { documents, files } = unsound;
  if (found.has('table-indices')) database.exec('REINDEX');
  const allWords = found.has('phrases');
  database.transaction(() => {
    for (const { check, repair } of ROW_CHECKS) {
      // Words are made anew where the tables of phrases can't be written.
      if (!found.has(check) || (allWords && repair.some((sql) => sql.includes('document_terms')))) continue;
      for (const sql of repair) database.prepare(sql).run();
    }
    letReadAgain(database, documents.vectors, documents.places);
    const remake = new Remake(database);
    if (!allWords) remake.words(documents.words);
    remake.means(documents.means);
  })();
  if (allWords) await new Remake(database).allWords();
  await mendFolder(database, folder, documents.places.length > 0 ? withoutSnapshot(database, files) : files);
}

/** Where passages are missing, nobody knows whether the snapshot has them still. */
function withoutSnapshot(database: Database, files: UnsoundFiles): UnsoundFiles {
  const snapshot = new VectorStore(database).snapshot();
  return snapshot ? { ...files, snapshot, leftovers: [...files.leftovers, snapshot.file] } : files;
}

/** Lets the next ingest write documents anew: those of some passages, whose vectors are none, and some others. */
function letReadAgain(database: Database, passages: number[], documents: number[]): void {
  const keys = new Set([
    ...documents,
    ...(database
      .prepare(`SELECT DISTINCT document FROM passages WHERE id IN (${LISTED})`)
      .pluck()
      .all(JSON.stringify(passages)) as number[]),
  ]);
  // The vector index is not to find them either.
  database.prepare(`INSERT INTO removed_passages (passage) ${LISTED}`).run(JSON.stringify(passages));
  database.prepare(`DELETE FROM vectors WHERE passage IN (${LISTED})`).run(JSON.stringify(passages));
  const forgetFile = database.prepare(
    'DELETE FROM files WHERE path = (SELECT file FROM documents WHERE key = ?)',
  );
  const forgetHash = database.prepare("UPDATE documents SET hash = '' WHERE key = ?");
  for (const key of keys) {
    forgetFile.run(key);
    forgetHash.run(key);
  }
}
