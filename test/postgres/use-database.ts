import { Client } from 'pg';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { type DatabaseSettings, PostgresDatabase } from '../../src/postgres/database.js';
import { type TestDatabase, testDatabase } from './server.js';

/** For what a busy machine may take long to do. */
export const PATIENCE = { timeout: 60_000 };

export interface UsedDatabase {
  readonly url: string;
  /** Connects as Akin does, until the end of the test. */
  connect(settings?: Partial<DatabaseSettings>): Promise<PostgresDatabase>;
  /** A connection without anything of Akin's, until the end of the test. */
  plainClient(): Promise<Client>;
}

/** A database with a schema of its own for the tests of a file. */
export function useDatabase(): UsedDatabase {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  async function connect(settings: Partial<DatabaseSettings> = {}): Promise<PostgresDatabase> {
    const connected = await PostgresDatabase.connect({ url: database.url, ...settings });
    onTestFinished(() => connected.close());
    return connected;
  }

  async function plainClient(): Promise<Client> {
    const client = new Client({ connectionString: database.url.replace(/\?.*/, '') });
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  }

  return {
    get url() {
      return database.url;
    },
    connect,
    plainClient,
  };
}
