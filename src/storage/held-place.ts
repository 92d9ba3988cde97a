import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { damageCode } from './damage.js';
import { explainOpening, LOCK_PATIENCE_MS } from './database.js';
import { DATABASE_FILE } from './database-file.js';

/** The place of an index's database, which no other process can open until it is closed. */
export interface HeldPlace {
  /**
   * Takes away what lies beside the database and would be read as a part of whatever comes in its place. What stood there
   * is in the database afterwards, unless that is damaged.
   */
  clear(): void;
  close(): void;
  /** Closes it and leaves nothing where nothing was. */
  abandon(): void;
}

/**
 * Keeps others from the database of a folder, whether it is there, and whole, or not.
 * @throws AkinError INDEX_LOCKED or INDEX_UNWRITABLE
 */
export function holdPlace(folder: string): HeldPlace {
  const path = join(folder, DATABASE_FILE);
  const isNew = !existsSync(path);
  let database: Database | undefined;
  try {
    database = new SqliteDatabase(path, { timeout: LOCK_PATIENCE_MS });
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
  } catch (error) {
    if (damageCode(error) !== null) return damagedPlace(path, database);
    database?.close();
    throw explainOpening(error, folder);
  }
  const held = database;
  return {
    clear() {
      try {
        held.pragma('journal_mode = DELETE');
      } catch (error) {
        if (damageCode(error) === null) throw error;
        held.close();
        removeBeside(path);
      }
    },
    close: () => void held.close(),
    abandon() {
      held.close();
      if (isNew) rmSync(path, { force: true });
    },
  };
}

/** SQLite does not hold what it can't read; a process that had it open would have been met before that is seen. */
function damagedPlace(path: string, database: Database | undefined): HeldPlace {
  database?.close();
  return { clear: () => removeBeside(path), close: () => undefined, abandon: () => undefined };
}

function removeBeside(path: string): void {
  for (const ending of ['-wal', '-shm', '-journal']) rmSync(path + ending, { force: true });
}
