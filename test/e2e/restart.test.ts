import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Job, SearchAnswer, Stats } from '../../src/index.js';
import {
  akin,
  call,
  finished,
  folderForTest,
  onDatabase,
  type RunningServer,
  startServer,
} from './process.js';

const SUBJECTS = ['harbour', 'orchard', 'school', 'railway', 'bakery', 'museum', 'glacier', 'election'];

function document(number: number): { id: string; title: string; text: string } {
  const subject = SUBJECTS[number % SUBJECTS.length];
  const sentence = `Report ${number} says that the ${subject} will get ${number * 7} new places before the winter, as the council decided. `;
  return { id: `doc-${number}`, title: `The ${subject}, part ${number}`, text: sentence.repeat(8).trim() };
}

async function startImport(server: RunningServer, count: number): Promise<Job> {
  const body = Array.from({ length: count }, (_, number) => JSON.stringify(document(number))).join('\n');
  const response = await fetch(`${server.address}/v1/documents/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body,
  });
  expect(response.status).toBe(202);
  return ((await response.json()) as { job: Job }).job;
}

it.each([
  'SIGTERM',
  'SIGKILL',
] as const)('an import that %s breaks off goes on with the next start, and loses and doubles nothing', async (signal) => {
  const index = folderForTest();
  const COUNT = 900;
  const first = await startServer(index);
  let job = await startImport(first, COUNT);
  const posted = await call(first, 'POST', '/v1/documents', {
    id: 'mine',
    text: 'A lighthouse keeper wrote this by hand.',
  });
  expect(posted.status).toBe(201);
  while (job.counts.done === 0)
    ({ job } = (await call<{ job: Job }>(first, 'GET', `/v1/jobs/${job.id}`)).body);
  expect(job.counts.done).toBeLessThan(COUNT);
  const status = await first.stop(signal);
  if (signal === 'SIGTERM') expect(status).toBe(0);

  const second = await startServer(index);
  const midway = (await call<{ job: Job }>(second, 'GET', `/v1/jobs/${job.id}`)).body.job;
  expect(midway.counts.done).toBeGreaterThanOrEqual(job.counts.done);
  const ended = await finished(second, midway);
  expect(ended).toMatchObject({ status: 'succeeded', counts: { total: COUNT, done: COUNT, failed: 0 } });

  const stats = (await call<Stats>(second, 'GET', '/v1/stats')).body;
  expect(stats.documents).toBe(COUNT + 1);
  expect(stats.vectors).toBe(stats.passages);
  for (const number of [0, 1, job.counts.done, COUNT - 1]) {
    expect((await call(second, 'GET', `/v1/documents/doc-${number}`)).body).toMatchObject(document(number));
  }
  const { hits } = (
    await call<SearchAnswer>(second, 'POST', '/v1/search', {
      query: 'Who wrote by hand in the lighthouse?',
    })
  ).body;
  expect(hits[0]?.document.id).toBe('mine');
  if (!onDatabase) expect(readdirSync(join(index, 'spool'))).toEqual([]);
  await second.stop();
  expect(existsSync(join(index, 'owner.json'))).toBe(false);
});

it('a second start embeds nothing again and answers the same', async () => {
  const [index, corpus] = [folderForTest(), folderForTest()];
  for (let number = 0; number < 30; number++)
    writeFileSync(join(corpus, `${number}.txt`), `${document(number).title}\n\n${document(number).text}`);
  const ask = async (server: RunningServer): Promise<SearchAnswer['hits']> =>
    (await call<SearchAnswer>(server, 'POST', '/v1/search', { query: 'new places at the museum' })).body.hits;
  const corpusJob = async (server: RunningServer): Promise<Job> => {
    const [job] = (await call<{ jobs: Job[] }>(server, 'GET', '/v1/jobs')).body.jobs;
    if (!job) throw new Error('no job');
    return finished(server, job);
  };

  const first = await startServer(index, ['--corpus', corpus]);
  expect((await corpusJob(first)).counts).toMatchObject({ created: 30, unchanged: 0 });
  const before = await ask(first);
  await first.stop();
  const second = await startServer(index, ['--corpus', corpus]);
  expect(await ask(second)).toEqual(before);
  expect((await corpusJob(second)).counts).toMatchObject({ created: 0, updated: 0, unchanged: 30 });
  await second.stop();
});

it('a document that changes is replaced, a story that leaves its file is removed', async () => {
  const [index, corpus] = [folderForTest(), folderForTest()];
  const lines = (...numbers: number[]): string =>
    numbers.map((number) => JSON.stringify(document(number))).join('\n');
  const ingest = async (): Promise<Job['counts']> =>
    JSON.parse((await akin(['--index', index, '--json', 'ingest', corpus])).stdout).counts;
  mkdirSync(join(corpus, 'deep'));
  writeFileSync(join(corpus, 'deep', 'news.jsonl'), lines(1, 2, 3));
  expect(await ingest()).toMatchObject({ total: 1, created: 3 });
  writeFileSync(
    join(corpus, 'deep', 'news.jsonl'),
    `${lines(1)}\n${JSON.stringify({ ...document(2), text: 'The lighthouse burned down.' })}`,
  );
  expect(await ingest()).toMatchObject({ created: 0, updated: 1, unchanged: 1, removed: 1 });
  expect(await ingest()).toMatchObject({ updated: 0, unchanged: 2, removed: 0 });
  const found = JSON.parse(
    (await akin(['--index', index, '--json', 'search', 'fire in the lighthouse'])).stdout,
  ) as SearchAnswer;
  expect(found.hits[0]?.document.id).toBe('doc-2');
});
