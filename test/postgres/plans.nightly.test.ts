import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dot } from '../../src/embedding/vector-math.js';
import { parseFilter } from '../../src/filter.js';
import { PostgresDatabase } from '../../src/postgres/database.js';
import { PostgresIndex } from '../../src/postgres/postgres-index.js';
import { PgvectorLeg } from '../../src/postgres/semantic-leg.js';
import type { Session } from '../../src/postgres/session.js';
import { vectorText } from '../../src/postgres/vector-text.js';
import type { Among } from '../../src/storage/stored-index.js';
import { Clusters, randomNumbers } from '../support/clustered.js';
import { type TestDatabase, testDatabase } from './server.js';

const DOCUMENTS = 8_000;
const DIMENSIONS = 24;
const CLUSTERS = 20;

const random = randomNumbers(4);
const clusters = new Clusters(CLUSTERS, DIMENSIONS, random);
const vectors = Array.from({ length: DOCUMENTS }, (_, place) => clusters.vector(place % CLUSTERS));

let test: TestDatabase;
let server: PostgresDatabase;
let index: PostgresIndex;
/** How the server went about what the leg asked. */
let plans: string[] = [];
let leg: PgvectorLeg;

beforeAll(async () => {
  test = await testDatabase();
  server = await PostgresDatabase.connect({ url: test.url });
  index = await PostgresIndex.open(server, { databaseVectors: 'float' });
  await index.recordFingerprint('{}', DIMENSIONS);
  await server.write(
    async (session) => {
      await session.run(
        `INSERT INTO documents (id, hash, source, tags, metadata, signature, bands)
         SELECT n, '', 'cluster ' || n % $2, '[]', json_build_object('n', n), '', '{}' FROM generate_series(0, $1 - 1) AS n`,
        [DOCUMENTS, CLUSTERS],
      );
      await session.run(
        "INSERT INTO passages (document, start, text, gap) SELECT key, 0, 'x', '' FROM documents",
      );
      const keys = await session.query<{ key: number; id: string; passage: number }>(
        'SELECT key, documents.id, passages.id AS passage FROM documents JOIN passages ON document = key',
      );
      const rows = keys.map(({ key, id, passage }) => [
        passage,
        key,
        vectorText(vectors[Number(id)] ?? new Float32Array()),
      ]);
      await session.copyIn('vectors', ['passage', 'document', 'vector'], rows);
      await session.run('UPDATE totals SET documents = $1, passages = $1', [DOCUMENTS]);
    },
    { statementTimeoutMs: 0 },
  );
  await server.run('ANALYZE documents, vectors');
  const explaining = async (session: Session, sql: string, parameters: unknown[] = []): Promise<void> => {
    const lines = await session.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters);
    plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
  };
  const explained = {
    query: <Row extends object>(sql: string, parameters?: unknown[]) => server.query<Row>(sql, parameters),
    read: <Result>(work: (session: Session) => Promise<Result>, settings?: Record<string, string>) =>
      server.read(async (session) => {
        const query: Session['query'] = async (sql, parameters) => {
          await explaining(session, sql, parameters);
          return session.query(sql, parameters);
        };
        return work({ query, run: session.run.bind(session), copyIn: session.copyIn.bind(session) });
      }, settings),
  };
  await index.count();
  leg = new PgvectorLeg(explained, index, { check: () => undefined }, { mostCompared: 2_000 });
});
afterAll(async () => {
  index.close();
  await server.close();
  await test.close();
});

/** The part of the nearest documents by comparing all that is found. */
async function recall(filter: unknown, passes: (number: number) => boolean, wanted: number): Promise<number> {
  plans = [];
  let [hits, all] = [0, 0];
  for (let query = 0; query < 10; query++) {
    const vector = clusters.vector(query);
    const among: Among | null =
      filter === null ? null : await index.among({ filter: parseFilter(filter), phrases: [], excluded: [] });
    const exact = vectors
      .flatMap((own, number) => (passes(number) ? [dot(vector, own)] : []))
      .sort((a, b) => b - a)
      .slice(0, wanted);
    const found = await leg.nearest(vector, wanted, among);
    expect(found.size).toBeGreaterThanOrEqual(exact.length);
    const least = (exact.at(-1) ?? 1) - 1e-5;
    hits += Math.min(exact.length, [...found.values()].filter((cosine) => cosine >= least).length);
    all += exact.length;
  }
  return hits / all;
}

describe('the nearest documents on a PostgreSQL server', () => {
  it('come from the graph where all may be found', async () => {
    expect(await recall(null, () => true, 30)).toBeGreaterThanOrEqual(0.99);
    for (const plan of plans) expect(plan).toContain('Index Scan using vectors_vector_idx');
  });

  it('come from the graph with the filter in the statement, where it lets much through', async () => {
    const filter = { 'metadata.n': { lt: DOCUMENTS * 0.75 } };
    expect(await recall(filter, (number) => number < DOCUMENTS * 0.75, 30)).toBeGreaterThanOrEqual(0.99);
    for (const plan of plans) expect(plan).toContain('Index Scan using vectors_vector_idx');
    expect(plans.length).toBeGreaterThan(0);
  });

  it('are found where the filter and the query keep apart', async () => {
    const filter = { source: { nin: [0, 1, 2, 3].map((cluster) => `cluster ${cluster}`) } };
    expect(await recall(filter, (number) => number % CLUSTERS > 3, 30)).toBeGreaterThanOrEqual(0.99);
  });

  it('are all compared where little passes', async () => {
    const filter = { source: 'cluster 3', 'metadata.n': { gte: 100 } };
    const passes = (number: number): boolean => number % CLUSTERS === 3 && number >= 100;
    expect(await recall(filter, passes, 30)).toBe(1);
    expect(plans).toEqual([]);
  });

  it('are as many as exist where more are wanted', async () => {
    const found = await leg.nearest(clusters.vector(1), DOCUMENTS + 10, null);
    expect(found.size).toBe(DOCUMENTS);
  });
});
