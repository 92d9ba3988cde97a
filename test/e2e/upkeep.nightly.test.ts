import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Job, SearchAnswer } from '../../src/index.js';
import { akin, call, finished, folderForTest, startServer } from './process.js';

/** An index with some hundred documents. */
async function madeIndex(): Promise<string> {
  const [folder, path] = [folderForTest(), join(folderForTest(), 'documents.jsonl')];
  const lines = Array.from({ length: 150 }, (_, number) =>
    JSON.stringify({
      id: `doc-${number}`,
      title: `Notice ${number}`,
      text: `Notice ${number}: the ${['harbour crane', 'school roof', 'old orchard'][number % 3]} is repaired by firm ${number} from Monday.`,
    }),
  );
  writeFileSync(path, lines.join('\n'));
  expect((await akin(['--index', folder, 'ingest', path])).status).toBe(0);
  return folder;
}

async function answers(folder: string): Promise<SearchAnswer['hits']> {
  const { stdout } = await akin(['--index', folder, '--json', 'search', 'harbour crane repaired by firm 42']);
  return (JSON.parse(stdout) as SearchAnswer).hits;
}

it('a server rebuilds the vector index while it answers, and a kill at any instant leaves a whole one', {
  tags: ['folder'],
}, async () => {
  const folder = await madeIndex();
  const before = await answers(folder);
  for (const [work, waitMs] of [
    ['rebuild', 0],
    ['compact', 0],
    ['compact', 60],
  ] as const) {
    const server = await startServer(folder);
    await call(server, 'POST', '/v1/documents', { id: 'passing', text: `It passes ${work} ${waitMs}.` });
    await call(server, 'DELETE', '/v1/documents/passing');
    const { status, body } = await call<{ job: Job }>(server, 'POST', `/v1/${work}`);
    expect({ status, type: body.job.type }).toEqual({ status: 202, type: work });
    await new Promise((wake) => setTimeout(wake, waitMs));
    await server.stop('SIGKILL');
  }
  const server = await startServer(folder);
  const jobs = (await call<{ jobs: Job[] }>(server, 'GET', '/v1/jobs')).body.jobs;
  for (const job of jobs) expect(await finished(server, job)).toMatchObject({ status: 'succeeded' });
  const rebuilt = await call<{ job: Job }>(server, 'POST', '/v1/rebuild');
  expect(await finished(server, rebuilt.body.job)).toMatchObject({ status: 'succeeded' });
  expect(await answers(folder)).toEqual(before);
  await server.stop();
  expect((await akin(['--index', folder, 'doctor'])).stdout).toContain('nothing is wrong');
});
