import { expect } from 'vitest';
import type { Job } from '../../src/index.js';
import { call, type RunningServer, startServer } from './process.js';

/** Lines that take longer to embed than any test of this; those that are embedded at once are short. */
const longImport = Array.from({ length: 10_000 }, (_, line) =>
  JSON.stringify({
    id: `line-${line}`,
    text: `Line ${line} of an import that goes on and on. `.repeat(2),
  }),
).join('\n');

/** Starts a server as `startServer` does, and an import that has stored something and goes on. */
export async function importing(...where: Parameters<typeof startServer>): Promise<RunningServer> {
  const running = await startServer(...where);
  const response = await fetch(`${running.address}/v1/documents/import`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: longImport,
  });
  let { job } = (await response.json()) as { job: Job };
  while (job.counts.done === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    ({ job } = (await call<{ job: Job }>(running, 'GET', `/v1/jobs/${job.id}`)).body);
  }
  expect(job.status).toBe('running');
  return running;
}
