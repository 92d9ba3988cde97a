import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase, { type Database, SqliteError } from 'better-sqlite3';
import { AkinError } from '../errors.js';
import { type Owner, readOwner } from './owner.js';
import { MIGRATIONS } from './schema.js';

/** Pages of 8 KiB hold five vectors of 384 floats each; 4 KiB would waste a quarter. */
const PAGE_SIZE = 8192;

/** Pages that one import changes again and again stay in memory; SQLite's own 2 MB would be written over and over. */
const CACHE_KIB = 32_768;

/** How long a process that is just ending may keep the next one waiting. */
export const LOCK_PATIENCE_MS = 1_000;

export function databasePath(folder: string): string {
  return join(folder, 'akin.db');
}

/**
 * Opens `akin.db` in an index folder, makes it where it is not there, and brings its schema up to date. The
 * database is locked for this process until it is closed or the process ends, however it ends.
 *
 * @param patienceMs how long to wait for a process that holds it
 * @throws AkinError INDEX_LOCKED, INDEX_DAMAGED, INDEX_UNWRITABLE or INDEX_TOO_NEW
 */
export function openDatabase(folder: string, patienceMs: number = LOCK_PATIENCE_MS): Database {
  const path = databasePath(folder);
  let database: Database | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    database = new SqliteDatabase(path, { timeout: patienceMs });
    database.pragma(`page_size = ${PAGE_SIZE}`);
    database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // Deleted text is overwritten, not only forgotten.
    database.pragma('secure_delete = ON');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    migrate(database, path);
    return database;
  } catch (error) {
    database?.close();
    throw explain(error, folder, path);
  }
}

function migrate(database: Database, path: string): void {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > MIGRATIONS.length) {
    throw new AkinError(
      'INDEX_TOO_NEW',
      `${path} was written by a newer Akin (schema ${version}, this one knows ${MIGRATIONS.length}). Update Akin, or choose another folder with --index.`,
    );
  }
  const run = database.transaction(() => {
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  run();
}

function explain(error: unknown, folder: string, path: string): unknown {
  if (error instanceof SqliteError) {
    if (error.code.startsWith('SQLITE_BUSY')) return locked(folder, readOwner(folder), error);
    if (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB') {
      return new AkinError(
        'INDEX_DAMAGED',
        `${path} is damaged or no index of Akin's. Put a copy of it back, or delete the files in ${folder} and ingest again.`,
        { cause: error },
      );
    }
    if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(error.code)) return unwritable(folder, error);
  }
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code && ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))
    return unwritable(folder, error);
  return error;
}

function locked(folder: string, owner: Owner | null, cause: unknown): AkinError {
  const holder = owner
    ? `process ${owner.pid}${owner.address ? `, which serves ${owner.address}` : ''}`
    : 'another process';
  return new AkinError(
    'INDEX_LOCKED',
    `The index ${folder} is held by ${holder}. Stop that process, send the request to it, or choose another folder with --index.`,
    { cause },
  );
}

function unwritable(folder: string, cause: unknown): AkinError {
  return new AkinError(
    'INDEX_UNWRITABLE',
    `The index folder ${folder} can't be written. Check its permissions.`,
    {
      cause,
    },
  );
}
