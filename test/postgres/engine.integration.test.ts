import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine, SearchAnswer } from '../../src/index.js';
import { folderForTest } from '../e2e/process.js';
import { openAt } from '../support/app.js';
import { type TestDatabase, testDatabase } from './server.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function answer(engine: Engine, query: string): Promise<Omit<SearchAnswer, 'processingTimeMs'>> {
  const { processingTimeMs: _time, ...rest } = await engine.search({ query, explain: true, minScore: 0 });
  return rest;
}

it('engines on one database give the same answers, each what the other has stored or brought in', async () => {
  const settings = { database: database.url, databaseConnections: 4 };
  const [one, other] = [await openAt(folderForTest(), settings), await openAt(folderForTest(), settings)];
  await one.addDocuments([{ id: 'a', text: 'The ferry sails at noon from the old pier.' }]);
  await other.addDocuments([{ id: 'b', text: 'The tidal plant gives light to the harbour.' }]);
  for (const query of ['when does the boat leave?', 'tidal plant', '"old pier"', 'harbour -ferry']) {
    const [first, second] = [await answer(one, query), await answer(other, query)];
    expect(second).toEqual(first);
    expect(first.hits.length).toBeGreaterThan(0);
  }
  expect((await one.related('a', { diversity: 0 })).hits).toEqual(
    (await other.related('a', { diversity: 0 })).hits,
  );
  await other.removeDocuments(['a']);
  await expect(one.getDocument('a')).rejects.toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
  expect((await answer(one, '"old pier"')).hits).toEqual([]);
  const folder = folderForTest();
  const lines = Array.from({ length: 40 }, (_, number) =>
    JSON.stringify({ id: `bridge ${number}`, text: `The council heard on day ${number} about the bridge.` }),
  );
  writeFileSync(join(folder, 'bridge.jsonl'), lines.join('\n'));
  expect(await one.ingest([folder])).toMatchObject({ status: 'succeeded', counts: { created: 40 } });
  expect(await one.ingest([folder])).toMatchObject({ counts: { created: 0, unchanged: 40 } });
  expect((await other.stats()).documents).toBe(41);
  await one.close();
  await other.close();
});
