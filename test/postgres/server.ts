import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { TEST_SERVER } from '../support/needs.js';

const PGLITE = fileURLToPath(new URL('pglite-server.ts', import.meta.url));

export interface TestDatabase {
  /** With a schema that nobody else has. */
  url: string;
  close(): Promise<void>;
}

export interface PgliteOptions {
  /** Where it keeps its files. Default: in memory */
  folder?: string;
  /** Without pgvector and pg_textsearch. */
  bare?: boolean;
}

/** Of each worker: it takes seconds to start. It ends with the worker. */
let pglite: Promise<TestDatabase> | undefined;

/** A database for tests: a fresh schema on the server that `AKIN_TEST_DATABASE` names, or else on one from npm. */
export async function testDatabase(): Promise<TestDatabase> {
  if (!TEST_SERVER) pglite ??= startPglite();
  return schemaOn(TEST_SERVER ?? (await (pglite as Promise<TestDatabase>)).url);
}

/** A PostgreSQL from npm in a process of its own. It can do one thing at a time, see pglite-turns.ts. */
export async function startPglite({ folder, bare = false }: PgliteOptions = {}): Promise<TestDatabase> {
  const flags = [...(bare ? ['--bare'] : []), ...(folder ? [folder] : [])];
  const child = spawn(process.execPath, ['--import', 'tsx', PGLITE, ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const port = await firstLine(child);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres?schema=akin`,
    close: async () => {
      const ended = once(child, 'exit');
      child.stdin?.end();
      await ended;
    },
  };
}

async function schemaOn(server: string): Promise<TestDatabase> {
  const schema = `akin_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.searchParams.set('schema', schema);
  return {
    url: url.href,
    close: async () => {
      const client = new Client({ connectionString: server });
      await client.connect();
      await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
      await client.end();
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The server has no output.');
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => null)]);
  if (!line) throw new Error(`PGlite ended with status ${child.exitCode}.`);
  return String(line[0]);
}
