import { SqliteError } from 'better-sqlite3';
import { AkinError } from '../errors.js';

/** SQLite's code for an error that says that a database is not as it was written, or can't be read; null for others. */
export function damageCode(error: unknown): string | null {
  if (!(error instanceof SqliteError)) return null;
  return /^SQLITE_(CORRUPT|NOTADB|IOERR_(READ|SHORT_READ|DATA))/.test(error.code) ? error.code : null;
}

/**
 * What was thrown, in Akin's terms where it comes from a damaged database.
 * @param what is damaged
 */
export function explainDamage(error: unknown, what = 'The database of the index'): unknown {
  const code = damageCode(error);
  if (code === null) return error;
  return new AkinError(
    'INDEX_DAMAGED',
    `${what} is damaged (${code}). Stop what holds the index and run akin doctor, which says what is wrong; then put a backup back (akin restore FILE --force), or ingest again into another folder.`,
    { cause: error },
  );
}
