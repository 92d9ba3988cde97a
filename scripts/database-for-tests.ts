import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** How the schemas begin that tests make on a database server. */
export const TEST_SCHEMAS = 'akin_test_';

/**
 * Where `AKIN_TEST_DATABASE` names a PostgreSQL server, what would be an index folder is a schema of its own there: the
 * same tests then run on PostgreSQL.
 *
 * @param index the folder
 * @returns what a process needs in its environment
 */
export function databaseFor(index: string): Record<string, string> {
  const server = process.env.AKIN_TEST_DATABASE;
  if (!server) return {};
  // A backup was made into a folder here.
  if (existsSync(join(index, 'akin.db'))) return { AKIN_DATABASE: '' };
  const url = new URL(server);
  const name = createHash('sha256').update(resolve(index)).digest('hex').slice(0, 24);
  url.searchParams.set('schema', `${TEST_SCHEMAS}${name}`);
  return { AKIN_DATABASE: url.toString() };
}
