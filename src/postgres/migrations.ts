import { AkinError } from '../errors.js';
import { sqlState } from './failures.js';
import { MIGRATIONS } from './schema.js';
import type { ClientSession, Session } from './session.js';

/** One process at a time changes tables, in whichever schema: what is made for all of them is made once. */
const MIGRATION_LOCK = 'akin migration';

const NO_RIGHTS = '42501';

/**
 * Brings the tables of a schema up to date, and makes them where there are none; any number of processes may do so at once.
 *
 * @returns the schema where pgvector is
 * @throws AkinError INDEX_TOO_NEW, DATABASE_OUTDATED, DATABASE_UNSUITABLE or DATABASE_REFUSED
 */
export async function migrate(
  session: ClientSession,
  { schema, place, vectorSchema }: { schema: string; place: string; vectorSchema: string | null },
): Promise<string> {
  const version = await schemaVersion(session, schema, place);
  if (version === MIGRATIONS.length && vectorSchema !== null) return vectorSchema;
  await session.run('BEGIN');
  try {
    await session.run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [MIGRATION_LOCK]);
    const found = vectorSchema ?? (await makeVectorExtension(session, place));
    await takeSteps(session, { schema, place, vectorSchema: found });
    await session.commit();
    return found;
  } catch (error) {
    await session.rollback();
    throw sqlState(error) === NO_RIGHTS ? mayNot(error, { schema, place, version }) : error;
  }
}

/** How many of `MIGRATIONS` a schema has taken; 0 where it is not there. @throws AkinError INDEX_TOO_NEW */
async function schemaVersion(session: Session, schema: string, place: string): Promise<number> {
  const [found] = await session.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [
    `"${schema}".schema_version`,
  ]);
  if (!found?.there) return 0;
  const [row] = await session.query<{ version: number }>(`SELECT version FROM "${schema}".schema_version`);
  const version = row?.version ?? 0;
  if (version > MIGRATIONS.length)
    throw new AkinError(
      'INDEX_TOO_NEW',
      `The schema ${schema} of ${place} was written by a newer Akin (schema ${version}, this one knows ${MIGRATIONS.length}). Update Akin, or name another with ?schema= in AKIN_DATABASE.`,
    );
  return version;
}

/** In `public`: in Akin's schema, others could not use it, and it would go with that. */
async function makeVectorExtension(session: Session, place: string): Promise<string> {
  try {
    await session.run('CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public');
  } catch (error) {
    if (sqlState(error) !== NO_RIGHTS) throw error;
    throw new AkinError(
      'DATABASE_UNSUITABLE',
      `The database at ${place} has no pgvector, and this user may not add it. Run there as a superuser: CREATE EXTENSION vector`,
      { cause: error },
    );
  }
  const [row] = await session.query<{ schema: string }>(
    "SELECT n.nspname AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector'",
  );
  return row?.schema ?? 'public';
}

async function takeSteps(
  session: Session,
  { schema, place, vectorSchema }: { schema: string; place: string; vectorSchema: string },
): Promise<void> {
  // Who may not make schemas may not even ask for one that is there.
  const [there] = await session.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  if (!there) await session.run(`CREATE SCHEMA "${schema}"`);
  await session.run(`SET LOCAL search_path = "${schema}", "${vectorSchema}", public`);
  // Another process may have been here while this one waited.
  const version = await schemaVersion(session, schema, place);
  for (const step of MIGRATIONS.slice(version)) await session.run(step);
  await session.run(
    'CREATE TABLE IF NOT EXISTS schema_version (one boolean PRIMARY KEY DEFAULT true CHECK (one), version integer NOT NULL)',
  );
  await session.run(
    'INSERT INTO schema_version (version) VALUES ($1) ON CONFLICT (one) DO UPDATE SET version = excluded.version',
    [MIGRATIONS.length],
  );
}

function mayNot(
  cause: unknown,
  { schema, place, version }: { schema: string; place: string; version: number },
): AkinError {
  if (version > 0)
    return new AkinError(
      'DATABASE_OUTDATED',
      `The tables in schema ${schema} of ${place} are of an older Akin (schema ${version}, this one needs ${MIGRATIONS.length}), and this user may not change them. Start Akin once as the user who owns the schema.`,
      { cause },
    );
  return new AkinError(
    'DATABASE_REFUSED',
    `The user of AKIN_DATABASE may not make tables in schema ${schema} of ${place}. Run there as its owner: CREATE SCHEMA IF NOT EXISTS "${schema}"; ALTER SCHEMA "${schema}" OWNER TO the user`,
    { cause },
  );
}
