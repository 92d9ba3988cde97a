import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Job, SearchAnswer, Stats } from '../../src/index.js';
import { call, finished, folderForTest, onDatabase, type RunningServer, startServer } from './process.js';

const SUBJECTS = ['harbour', 'orchard', 'school', 'railway', 'bakery', 'museum', 'glacier', 'election'];

function document(number: number): { id: string; title: string; text: string } {
  const subject = SUBJECTS[number % SUBJECTS.length];
  const sentence = `Report ${number} says that the ${subject} will get ${number * 7} new places before the winter.`;
  return { id: `doc-${number}`, title: `The ${subject}, part ${number}`, text: sentence };
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

/** Breaks an import off with a signal, starts again, and looks whether anything is lost or there twice. */
export async function breakOffAnImport(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const index = folderForTest();
  const COUNT = 300;
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
}
