import { describe, expect, it, vi } from 'vitest';
import type { PostgresDatabase } from '../../src/postgres/database.js';
import { makeVectorTables, SERVING } from '../../src/postgres/model-tables.js';
import { setting, settingOf } from './setting.js';
import { PATIENCE, useDatabase } from './use-database.js';

const { connect } = useDatabase();

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
