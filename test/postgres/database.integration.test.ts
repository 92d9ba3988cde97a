import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PostgresDatabase } from '../../src/postgres/database.js';
import { MIGRATIONS } from '../../src/postgres/schema.js';
import { TEST_SERVER } from '../support/needs.js';
import { startPglite, testDatabase } from './server.js';
import { useDatabase } from './use-database.js';

const database = useDatabase();
const { connect, plainClient } = database;

type UrlParts = Partial<Pick<URL, 'host' | 'hostname' | 'port' | 'username' | 'password' | 'pathname'>>;

function urlWith(parts: UrlParts, parameters: Record<string, string> = {}): string {
  const url = Object.assign(new URL(database.url), parts);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

async function refusal(url: string): Promise<{ code: string; message: string }> {
  return PostgresDatabase.connect({ url }).then(
    async (connected) => {
      await connected.close();
      throw new Error('It was let in.');
    },
    (error) => error,
  );
}

describe('opening', () => {
  it('makes the tables once, however many processes start at once', async () => {
    const fresh = await testDatabase();
    onTestFinished(() => fresh.close());
    const opened = await Promise.all(
      Array.from({ length: 4 }, () => PostgresDatabase.connect({ url: fresh.url, connections: 2 })),
    );
    const [row] = (await opened[0]?.query<{ version: number }>('SELECT version FROM schema_version')) ?? [];
    expect(row?.version).toBe(MIGRATIONS.length);
    for (const each of opened) await each.close();
  });

  it('leaves tables that a newer Akin made alone', async () => {
    const connected = await connect();
    await connected.run('UPDATE schema_version SET version = version + 1');
    expect(await refusal(database.url)).toMatchObject({ code: 'INDEX_TOO_NEW' });
    await connected.run('UPDATE schema_version SET version = version - 1');
  });

  it('says what to do where the server has no pgvector', async () => {
    const bare = await startPglite({ bare: true });
    onTestFinished(() => bare.close());
    const { code, message } = await refusal(bare.url);
    expect(code).toBe('DATABASE_UNSUITABLE');
    expect(message).toContain('Install it');
  });

  it('refuses a server that only lets it read', async () => {
    const client = await plainClient();
    if (TEST_SERVER === null) await client.query('SET default_transaction_read_only = on');
    const url = urlWith({}, { options: '-c default_transaction_read_only=on' });
    expect(await refusal(url)).toMatchObject({ code: 'DATABASE_READ_ONLY' });
    if (TEST_SERVER === null) await client.query('SET default_transaction_read_only = off');
  });

  it.each([
    ['nobody listens', { port: '1' }],
    ['there is no such host', { hostname: 'nowhere.invalid' }],
  ])('says that the server is not there where %s, and keeps the password for itself', async (_, parts) => {
    const { code, message } = await refusal(urlWith({ password: 'secret', ...parts }));
    expect(code).toBe('DATABASE_UNREACHABLE');
    expect(message).not.toContain('secret');
  });

  it('says so too where something else answers', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const url = urlWith({ host: `127.0.0.1:${port}` });
    expect(await refusal(url)).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
  });

  it('says what is wrong with a user or a database that is not there', { tags: ['postgres'] }, async () => {
    const unknown = await refusal(urlWith({ username: 'akin_nobody' }));
    expect(unknown).toMatchObject({ code: 'DATABASE_REFUSED' });
    const missing = await refusal(urlWith({ pathname: '/akin_nowhere' }));
    expect(missing).toMatchObject({ code: 'DATABASE_REFUSED' });
    expect(missing.message).toContain('CREATE DATABASE');
  });

  it('says who has to do what where the user may not make or change the tables', {
    tags: ['postgres'],
  }, async () => {
    const client = await plainClient();
    const role = `akin_test_reader_${process.pid}`;
    const schema = new URL(database.url).searchParams.get('schema');
    await client.query(`CREATE ROLE ${role} LOGIN; GRANT USAGE ON SCHEMA ${schema} TO ${role};
      GRANT SELECT ON ${schema}.schema_version TO ${role}`);
    try {
      const fresh = await refusal(urlWith({ username: role }, { schema: `${schema}_none` }));
      expect(fresh).toMatchObject({ code: 'DATABASE_REFUSED' });
      expect(fresh.message).toContain('CREATE SCHEMA');
      MIGRATIONS.push('CREATE TABLE more (one int)');
      expect(await refusal(urlWith({ username: role }))).toMatchObject({ code: 'DATABASE_OUTDATED' });
    } finally {
      MIGRATIONS.pop();
      await client.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });
});
