import { AkinError } from '../errors.js';
import type { Session } from './session.js';

/** The first release with `pg_current_xact_id`. */
const OLDEST_SERVER = 130_000;

/** The first release whose index scans go on until a filter has let enough through. */
const OLDEST_VECTOR = [0, 8] as const;

/**
 * Looks whether Akin can work on a database.
 *
 * @returns the schema where pgvector is; null while it has to be made in the database
 * @throws AkinError DATABASE_UNSUITABLE or DATABASE_READ_ONLY
 */
export async function checkServer(session: Session, place: string): Promise<string | null> {
  const [server] = await session.query<{
    version: number;
    name: string;
    encoding: string;
    recovering: boolean;
    readOnly: boolean;
  }>(`SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name,
    (SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()) AS encoding,
    pg_is_in_recovery() AS recovering, current_setting('transaction_read_only')::boolean AS "readOnly"`);
  if (!server) throw new Error('The server says nothing of itself.');
  if (server.version < OLDEST_SERVER)
    throw unsuitable(`${place} is PostgreSQL ${server.name}; Akin needs 13 or newer.`);
  if (server.encoding !== 'UTF8')
    throw unsuitable(
      `The database at ${place} is in ${server.encoding}; Akin needs one in UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
    );
  if (server.readOnly)
    throw new AkinError(
      'DATABASE_READ_ONLY',
      server.recovering
        ? `PostgreSQL at ${place} is a read-only replica. Name its primary in AKIN_DATABASE.`
        : `PostgreSQL at ${place} lets this user only read (default_transaction_read_only). Name the primary in AKIN_DATABASE, or lift that setting for the user or database.`,
    );
  return checkVector(session, place);
}

async function checkVector(session: Session, place: string): Promise<string | null> {
  const [vector] = await session.query<{
    newest: string;
    installed: string | null;
    schema: string | null;
  }>(`SELECT a.default_version AS newest, a.installed_version AS installed, n.nspname AS schema
    FROM pg_available_extensions a LEFT JOIN pg_extension e ON e.extname = a.name
    LEFT JOIN pg_namespace n ON n.oid = e.extnamespace WHERE a.name = 'vector'`);
  if (!vector)
    throw unsuitable(
      `PostgreSQL at ${place} has no pgvector. Install it on the server (package postgresql-NN-pgvector, or https://github.com/pgvector/pgvector#installation), and start Akin again.`,
    );
  if (isOlder(vector.newest) && (vector.installed === null || isOlder(vector.installed)))
    throw unsuitable(
      `PostgreSQL at ${place} has pgvector ${vector.newest}; Akin needs 0.8 or newer. Install it.`,
    );
  if (vector.installed !== null && isOlder(vector.installed))
    throw unsuitable(
      `The database at ${place} has pgvector ${vector.installed}; Akin needs 0.8 or newer. Run there: ALTER EXTENSION vector UPDATE`,
    );
  return vector.schema;
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST_VECTOR[0] || (major === OLDEST_VECTOR[0] && minor < OLDEST_VECTOR[1]);
}

function unsuitable(message: string): AkinError {
  return new AkinError('DATABASE_UNSUITABLE', message);
}
