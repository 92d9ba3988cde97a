import { type AddressInfo, createServer } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type DatabaseSettings, PostgresDatabase } from '../../src/postgres/database.js';
import { makeVectorTables, SERVING } from '../../src/postgres/model-tables.js';
import { MIGRATIONS } from '../../src/postgres/schema.js';
import { TEST_SERVER } from '../support/needs.js';
import { startPglite, type TestDatabase, testDatabase } from './server.js';
import { unsteadyLine } from './unsteady-line.js';

const PATIENCE = { timeout: 60_000 };

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

/** A connection without anything of Akin's. */
async function plainClient(): Promise<Client> {
  const client = new Client({ connectionString: database.url.replace(/\?.*/, '') });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

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

const settingOf = async (connected: PostgresDatabase, name: string): Promise<string | undefined> =>
  (await connected.query<{ value: string }>('SELECT value FROM settings WHERE name = $1', [name]))[0]?.value;

const setting = (name: string, value: string) => ({
  sql: `INSERT INTO settings VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = settings.value || excluded.value`,
  parameters: [name, value],
});

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

describe('transactions', () => {
  it('stores a write whole or not at all', async () => {
    const connected = await connect();
    const failed = connected.write(async (session) => {
      const { sql, parameters } = setting('half', 'x');
      await session.run(sql, parameters);
      throw new Error('on purpose');
    });
    await expect(failed).rejects.toThrow('on purpose');
    expect(await settingOf(connected, 'half')).toBeUndefined();
  });

  it('does not hold where a statement failed and the work went on', async () => {
    const connected = await connect();
    const failed = connected.write(async (session) => {
      await session.run('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(failed).rejects.toMatchObject({ code: '25P02' });
    const read = connected.read((session) => session.query('SELECT 1 / 0').catch(() => 'all is well'));
    await expect(read).rejects.toThrow('passed over');
  });

  it('does a write again that met another one', async () => {
    const connected = await connect();
    let times = 0;
    await connected.write(async (session) => {
      const { sql, parameters } = setting('conflict', 'x');
      await session.run(sql, parameters);
      if (++times < 3) await session.run("DO $$BEGIN RAISE 'conflict' USING ERRCODE = '40001'; END$$");
    });
    expect(times).toBe(3);
    expect(await settingOf(connected, 'conflict')).toBe('x');
  });

  it('has one of two updates that wait for each other do its work again', {
    tags: ['postgres'],
  }, async () => {
    const connected = await connect();
    await connected.run("INSERT INTO settings VALUES ('left', ''), ('right', '')");
    let met = 0;
    const update = (first: string, second: string) =>
      connected.update(async (session) => {
        const append = `UPDATE settings SET value = value || 'x' WHERE name = $1`;
        await session.run(append, [first]);
        met++;
        await vi.waitFor(() => expect(met).toBeGreaterThan(1), PATIENCE);
        await session.run(append, [second]);
      });
    await Promise.all([update('left', 'right'), update('right', 'left')]);
    expect([await settingOf(connected, 'left'), await settingOf(connected, 'right')]).toEqual(['xx', 'xx']);
    expect(met).toBeGreaterThan(2);
  });

  it('runs the writes of all processes one at a time', async () => {
    const both = [await connect(), await connect()];
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        both[at % 2]?.write(async (session) => {
          const [row] = await session.query<{ value: string }>(
            "SELECT value FROM settings WHERE name = 'sum'",
          );
          await session.run(
            'INSERT INTO settings VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2',
            ['sum', String(Number(row?.value ?? 0) + 1)],
          );
        }),
      ),
    );
    expect(await settingOf(both[0] as PostgresDatabase, 'sum')).toBe('20');
  });

  it('lets a read have settings of its own, and change nothing', async () => {
    const connected = await connect();
    const read = connected.read((session) => session.query('SHOW hnsw.ef_search'), {
      'hnsw.ef_search': '123',
    });
    expect(await read).toEqual([{ 'hnsw.ef_search': '123' }]);
    expect(await connected.query('SHOW hnsw.ef_search')).not.toEqual([{ 'hnsw.ef_search': '123' }]);
  });

  it('ends a statement that takes too long, but in work that may take longer', {
    tags: ['postgres'],
  }, async () => {
    const connected = await connect({ statementTimeoutMs: 300 });
    await expect(connected.run('SELECT pg_sleep(30)')).rejects.toMatchObject({ code: 'BUSY' });
    const long = connected.write((session) => session.run('SELECT pg_sleep(0.6)'), { statementTimeoutMs: 0 });
    expect(await long).toBe(1);
    await expect(connected.run('SELECT pg_sleep(30)')).rejects.toMatchObject({ code: 'BUSY' });
  });
});

describe('values', () => {
  it('gives keys, counts and sums as numbers, and takes text with what PostgreSQL has no sign for', async () => {
    const connected = await connect();
    const paths = ['a\tb\\N\n', '\\N', 'ü\u{1F600}', 'nul\0'];
    await connected.write((session) =>
      session.copyIn(
        'files',
        ['path', 'hash', 'root', 'size', 'read_ms'],
        paths.map((path, at) => [path, '', null, 2 ** 52 + at, at / 3]),
      ),
    );
    const rows = await connected.query(
      'SELECT path, root, size, read_ms FROM files WHERE path <> $1 ORDER BY size',
      ['\0'],
    );
    expect(rows).toEqual(
      paths.map((path, at) => ({
        path: path.replace('\0', '\uFFFD'),
        root: null,
        size: 2 ** 52 + at,
        read_ms: at / 3,
      })),
    );
    expect(await connected.query('SELECT sum(size) AS sum, array_agg(size) AS all FROM files')).toEqual([
      { sum: 4 * 2 ** 52 + 6, all: paths.map((_, at) => 2 ** 52 + at) },
    ]);
  });

  it('gives the code of a COPY that failed, and goes on', async () => {
    const connected = await connect();
    const wrong = connected.write((session) => session.copyIn('files', ['path'], [['no hash']]));
    await expect(wrong).rejects.toMatchObject({ code: '23502' });
    expect(await connected.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it.each([
    'vector',
    'halfvec',
  ] as const)('makes tables for %s, in which the nearest are found', async (type) => {
    const connected = await connect();
    await connected.write(async (session) => {
      await session.run('DROP TABLE IF EXISTS vectors, document_vectors');
      await makeVectorTables(SERVING, 2, type, session);
      await makeVectorTables(SERVING, 2, type, session);
      const [document] = await session.query<{ key: number }>(
        "INSERT INTO documents (id, hash, tags, metadata, signature, bands) VALUES ($1, '', '[]', '{}', '', '{}') RETURNING key",
        [type],
      );
      const passages = await session.query<{ id: number }>(
        "INSERT INTO passages (document, start, text, gap) SELECT $1, i, '', '' FROM generate_series(1, 3) AS i RETURNING id",
        [document?.key],
      );
      const vectors = ['[1,0]', '[0,1]', '[0.6,0.8]'];
      await session.copyIn(
        'vectors',
        ['passage', 'document', 'vector'],
        passages.map(({ id }, at) => [id, document?.key ?? 0, vectors[at] ?? '']),
      );
      const nearest = await session.query<{ vector: string }>(
        'SELECT vector::text FROM vectors ORDER BY vector <#> $1 LIMIT 2',
        ['[0,1]'],
      );
      expect(nearest.map(({ vector }) => JSON.parse(vector)[1])).toEqual([1, expect.closeTo(0.8, 3)]);
    });
    const tooMany = connected.write((session) => makeVectorTables(SERVING, 5_000, type, session));
    await expect(tooMany).rejects.toMatchObject({ code: 'DATABASE_UNSUITABLE' });
  });
});

describe('revision', () => {
  it.each([10, 1])('tells of the writes of other processes, with %i connections', async (connections) => {
    const here = await connect();
    const there = await connect({ connections });
    expect(there.revision).toBe(here.revision);
    const changed = new Promise<void>((resolve) => there.onChange(resolve));
    const before = here.revision;
    await here.write(async () => undefined);
    expect(here.revision).toBe(before + 1);
    await changed;
    expect(there.revision).toBe(here.revision);
  });

  it('tells of them too where no connection can listen', async () => {
    const line = await unsteadyLine(database.url);
    onTestFinished(() => line.close());
    line.meet('LISTEN', 'lost', Number.POSITIVE_INFINITY);
    const here = await connect();
    const there = await connect({ url: line.url });
    expect(there.revision).toBe(here.revision);
    await here.write(async () => undefined);
    await vi.waitFor(() => expect(there.revision).toBe(here.revision), PATIENCE);
  });

  it('stays at updates and at failed writes', async () => {
    const connected = await connect();
    const before = connected.revision;
    await connected.update((session) => session.run('UPDATE totals SET words = words'));
    await connected.write(() => Promise.reject(new Error('on purpose'))).catch(() => undefined);
    expect(connected.revision).toBe(before);
  });

  it('is made up for after the connection was lost', async () => {
    const line = await unsteadyLine(database.url);
    onTestFinished(() => line.close());
    const here = await connect();
    const there = await connect({ url: line.url });
    line.cut();
    await here.write(async () => undefined);
    expect(there.revision).not.toBe(here.revision);
    line.mend();
    await vi.waitFor(() => expect(there.revision).toBe(here.revision), PATIENCE);
    // The news come again, and not only what was missed.
    await here.write(async () => undefined);
    await vi.waitFor(() => expect(there.revision).toBe(here.revision), PATIENCE);
  });
});

describe('a connection that is lost', () => {
  async function throughLine() {
    const line = await unsteadyLine(database.url);
    onTestFinished(() => line.close());
    return { line, connected: await connect({ url: line.url }) };
  }

  it('fails what is under way in words, and the next is answered', async () => {
    const { line, connected } = await throughLine();
    const reading = connected.read(async (session) => {
      await session.query('SELECT 1');
      line.cut();
      await session.query('SELECT 1');
    });
    await expect(reading).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    await expect(connected.query('SELECT 1')).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    line.mend();
    expect(await connected.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('has a read done again', async () => {
    const { line, connected } = await throughLine();
    let times = 0;
    const rows = await connected.read(async (session) => {
      if (times++ === 0) {
        line.cut();
        line.mend();
      }
      return session.query('SELECT 1 AS one');
    });
    expect(rows).toEqual([{ one: 1 }]);
    expect(times).toBe(2);
  });

  it('has a write done again of which nothing was stored', async () => {
    const { line, connected } = await throughLine();
    let times = 0;
    const { sql, parameters } = setting('cut', 'x');
    await connected.write(async (session) => {
      await session.run(sql, parameters);
      if (times++ === 0) {
        line.cut();
        line.mend();
      }
    });
    expect(times).toBe(2);
    expect(await settingOf(connected, 'cut')).toBe('x');
  });

  it.each([
    ['lost', 2],
    ['unanswered', 1],
  ] as const)('stores a write once whose COMMIT is %s', async (fate, expected) => {
    const { line, connected } = await throughLine();
    let times = 0;
    const { sql, parameters } = setting(`commit ${fate}`, 'x');
    line.meet('COMMIT', fate);
    const result = await connected.write(async (session) => {
      await session.run(sql, parameters);
      return ++times;
    });
    expect(result).toBe(expected);
    expect(times).toBe(expected);
    expect(await settingOf(connected, `commit ${fate}`)).toBe('x');
  });

  it('is made anew after the server ended it', { tags: ['postgres'] }, async () => {
    const connected = await connect({ connections: 2 });
    const client = await plainClient();
    const [own] = await connected.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await client.query('SELECT pg_terminate_backend($1)', [own?.pid]);
    const [next] = await connected.read((session) =>
      session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'),
    );
    expect(next?.pid).not.toBe(own?.pid);
    expect(await connected.query('SHOW search_path')).not.toEqual([{ search_path: '"$user", public' }]);
  });
});
