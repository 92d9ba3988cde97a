import type { Config } from '../config.js';
import { PostgresDatabase } from './database.js';

/** Connects to the database that the settings name. @throws AkinError as `PostgresDatabase.connect` */
export function connect(
  { database: url, databaseConnections, databaseTimeoutMs }: Config,
  { connections = databaseConnections }: { connections?: number } = {},
): Promise<PostgresDatabase> {
  if (url === null) throw new Error('No database is set.');
  return PostgresDatabase.connect({ url, connections, statementTimeoutMs: databaseTimeoutMs });
}
