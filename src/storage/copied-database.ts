import SqliteDatabase from 'better-sqlite3';
import { AkinError } from '../errors.js';
import { explainDamage } from './damage.js';
import { schemaVersion } from './database.js';
import { MIGRATIONS } from './schema.js';

/** Lines of an integrity check that are worth telling. */
const SHOWN_PROBLEMS = 3;

/**
 * Makes a copy of an index's database one that stands alone, in one file: it names no snapshot of the graph, and no job
 * whose uploads are not in it.
 * @throws AkinError INDEX_DAMAGED where what was copied is damaged
 */
export function finishCopy(path: string): void {
  const database = new SqliteDatabase(path, { fileMustExist: true });
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = DELETE');
    database.pragma('secure_delete = ON');
    database.transaction(() => {
      database.exec(`
        DELETE FROM settings WHERE name = 'vector-index-snapshot';
        DELETE FROM removed_passages;
        INSERT INTO job_errors (job, item, code, detail)
          SELECT id, '', 'CANCELLED', 'It was not done when the backup was made, and a backup does not hold uploads: send it again.'
          FROM jobs WHERE type IN ('import', 'files') AND status IN ('queued', 'running');
        UPDATE jobs SET status = 'failed', finished_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
          WHERE type IN ('import', 'files') AND status IN ('queued', 'running');
      `);
    })();
    checkPages(database, path);
  } catch (error) {
    throw explainDamage(error, 'What was copied');
  } finally {
    database.close();
  }
}

/**
 * Checks that a database is whole and that this Akin can open it; it is not changed.
 * @throws AkinError INDEX_DAMAGED or INDEX_TOO_NEW
 */
export function checkCopy(path: string): void {
  const database = new SqliteDatabase(path, { fileMustExist: true, readonly: true });
  try {
    const version = schemaVersion(database);
    if (version > MIGRATIONS.length) {
      throw new AkinError(
        'INDEX_TOO_NEW',
        `The backup was made by a newer Akin (schema ${version}, this one knows ${MIGRATIONS.length}). Update Akin first.`,
      );
    }
    database.prepare('SELECT key FROM documents LIMIT 1').get();
    checkPages(database, path);
  } catch (error) {
    throw explainDamage(error, 'The database in the backup');
  } finally {
    database.close();
  }
}

function checkPages(database: SqliteDatabase.Database, path: string): void {
  const problems = database.pragma(`quick_check(${SHOWN_PROBLEMS})`) as { quick_check: string }[];
  if (problems.length === 1 && problems[0]?.quick_check === 'ok') return;
  throw new AkinError(
    'INDEX_DAMAGED',
    `${path} is not whole: ${problems.map(({ quick_check }) => quick_check).join('; ')}. Run akin doctor on the index it is from.`,
  );
}
