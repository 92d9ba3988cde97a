import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase, { type Database, SqliteError } from 'better-sqlite3';
import { AkinError } from '../errors.js';
import { damageCode } from './damage.js';
import { checkDatabaseFile, DATABASE_FILE, damaged } from './database-file.js';
import { type Owner, readOwner } from './owner.js';
import { MIGRATIONS } from './schema.js';

/** Pages of 8 KiB hold five vectors of 384 floats each; 4 KiB would waste a quarter. */
const PAGE_SIZE = 8192;

/** Pages that one import changes again and again stay in memory; SQLite's own 2 MB would be written over and over. */
const CACHE_KIB = 32_768;

/** How long a process that is just ending may keep the next one waiting. */
export const LOCK_PATIENCE_MS = 1_000;

/**
 * Opens `akin.db` in an index folder, makes it where it is not there, and brings its schema up to date. The
 * database is locked for this process until it is closed or the process ends, however it ends.
 *
 * @param patienceMs how long to wait for a process that holds it
 * @throws AkinError INDEX_LOCKED, INDEX_DAMAGED, INDEX_UNWRITABLE or INDEX_TOO_NEW
 */
export function openDatabase(folder: string, patienceMs: number = LOCK_PATIENCE_MS): Database {
  let database: Database | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    database = lockFile(folder, patienceMs, (opened) => {
      opened.pragma(`page_size = ${PAGE_SIZE}`);
      opened.pragma('auto_vacuum = INCREMENTAL');
    });
    database.pragma('journal_mode = WAL');
    migrate(database, folder);
    return database;
  } catch (error) {
    database?.close();
    throw explainOpening(error, folder);
  }
}

/**
 * Opens `akin.db` as it is, of whatever version, for this process alone.
 * @throws AkinError INDEX_LOCKED, INDEX_DAMAGED or INDEX_UNWRITABLE
 */
export function lockDatabase(folder: string, patienceMs: number = LOCK_PATIENCE_MS): Database {
  try {
    return lockFile(folder, patienceMs);
  } catch (error) {
    throw explainOpening(error, folder);
  }
}

function lockFile(
  folder: string,
  patienceMs: number,
  prepare: (database: Database) => void = () => undefined,
): Database {
  checkDatabaseFile(folder);
  const database = new SqliteDatabase(join(folder, DATABASE_FILE), { timeout: patienceMs });
  try {
    prepare(database);
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // Deleted text is overwritten, not only forgotten.
    database.pragma('secure_delete = ON');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** How many of `MIGRATIONS` a database has taken. */
export function schemaVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function migrate(database: Database, folder: string): void {
  const version = schemaVersion(database);
  if (version > MIGRATIONS.length) {
    throw new AkinError(
      'INDEX_TOO_NEW',
      `${join(folder, DATABASE_FILE)} was written by a newer Akin (schema ${version}, this one knows ${MIGRATIONS.length}). Update Akin, or choose another folder with --index.`,
    );
  }
  const run = database.transaction(() => {
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  try {
    run();
  } catch (error) {
    // A step is wrong only for tables that it was not made for.
    if (error instanceof SqliteError && error.code === 'SQLITE_ERROR')
      throw damaged(folder, `damaged: it says that it has schema ${version}, and has not`, error);
    throw error;
  }
}

/** Why a database could not be opened, in Akin's terms. */
export function explainOpening(error: unknown, folder: string): unknown {
  if (error instanceof SqliteError) {
    if (error.code.startsWith('SQLITE_BUSY')) return locked(folder, readOwner(folder), error);
    if (damageCode(error) !== null)
      return damaged(folder, `damaged or no index of Akin's (${error.code})`, error);
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
