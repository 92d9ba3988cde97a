import { setTimeout as pause } from 'node:timers/promises';
import { AkinError } from '../errors.js';
import { CommitUnknown, pauseAfter } from './attempts.js';
import { sqlState } from './failures.js';

/** With the pauses between them, about a minute: a fail-over may take that long. */
const ATTEMPTS = 8;

/** A transaction that this server has not had yet: the one that had it is gone, and it with it. */
const INVALID_PARAMETER = '22023';

/**
 * Whether a transaction holds whose COMMIT failed.
 *
 * @param transaction its id, as `pg_current_xact_id` gives it
 * @param failure of the COMMIT
 * @param attempts how often the server is asked
 * @throws CommitUnknown where the server can't be asked
 */
export async function committed(
  database: { query<Row extends object>(sql: string, parameters: unknown[]): Promise<Row[]>; place: string },
  transaction: string,
  failure: unknown,
  attempts: number = ATTEMPTS,
): Promise<boolean> {
  // Anything but a lost connection is the server's word that it does not.
  if (!(failure instanceof AkinError && failure.code === 'DATABASE_UNREACHABLE')) return false;
  for (let tried = 1; tried <= attempts; tried++) {
    try {
      const [row] = await database.query<{ status: string | null }>(
        'SELECT pg_xact_status($1::xid8) AS status',
        [transaction],
      );
      if (row?.status === 'committed') return true;
      if (row?.status === 'aborted') return false;
    } catch (error) {
      if (sqlState(error) === INVALID_PARAMETER) return false;
      if (!(error instanceof AkinError)) throw error;
    }
    await pause(pauseAfter(tried, Math.random()));
  }
  throw new CommitUnknown(database.place, failure);
}
