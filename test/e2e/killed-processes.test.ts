import { expect, it } from 'vitest';
import { childrenOf, killNow } from '../../scripts/torture/children.js';
import type { Job } from '../../src/index.js';
import { call, finished, folderForTest, startServer } from './process.js';

const FILES = 60;

it('takes every file of an upload, although the processes that read and embed are killed', async () => {
  const server = await startServer(folderForTest());
  const form = new FormData();
  for (let number = 0; number < FILES; number++) {
    const text = `Report ${number}: the council met about the weir. `.repeat(50);
    form.append('files', new Blob([text]), `report-${number}.txt`);
  }
  const response = await fetch(`${server.address}/v1/files`, { method: 'POST', body: form });
  let { job } = (await response.json()) as { job: Job };
  // Reading starts both; a task outlives two kills, wherever they hit it.
  for (const processes of [1, 2]) {
    let running: number[] = [];
    while (running.length < processes && (job.status === 'queued' || job.status === 'running')) {
      ({ job } = (await call<{ job: Job }>(server, 'GET', `/v1/jobs/${job.id}`)).body);
      running = childrenOf(server.child.pid ?? 0);
    }
    running.forEach(killNow);
  }
  const { status, counts, errors } = await finished(server, job);
  expect(errors).toEqual([]);
  expect(status).toBe('succeeded');
  expect(counts).toMatchObject({ created: FILES, failed: 0 });
  expect(await server.stop()).toBe(0);
});
