import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/index.js';
import { akin, call, folderForTest, type RunningServer, startServer } from './process.js';

describe('a server that is told to end', () => {
  /** Lines that take longer to embed than any test here. */
  const longImport = Array.from({ length: 3_000 }, (_, line) =>
    JSON.stringify({
      id: `line-${line}`,
      text: `Line ${line} of an import that goes on and on. `.repeat(12),
    }),
  ).join('\n');

  async function importing(...where: Parameters<typeof startServer>): Promise<RunningServer> {
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

  it('is not ready any more, answers for a while, and ends also while an import runs', async () => {
    const index = folderForTest();
    const running = await importing(index, [], { AKIN_DRAIN_MS: '2000' });
    const ended = running.stop('SIGTERM');
    let status = 200;
    while (status === 200) ({ status } = await call(running, 'GET', '/readyz'));
    expect(status).toBe(503);
    expect((await call(running, 'POST', '/v1/search', { query: 'import' })).status).toBe(200);
    expect(await ended).toBe(0);
    const { stdout } = await akin(['stats', '--index', index, '--json']);
    expect(JSON.parse(stdout).documents).toBeGreaterThan(0);
  });

  it.each([
    ['SIGINT', 'while an import runs', importing],
    ['SIGTERM', 'while it answers', startServer],
  ] as const)('ends at once with a second signal, %s, %s', async (second, _when, start) => {
    const running = await start(folderForTest(), [], { AKIN_DRAIN_MS: '600000' });
    const ended = running.stop('SIGINT');
    while (!running.output.stderr.includes('Akin is ending'))
      await new Promise((wake) => setTimeout(wake, 20));
    running.child.kill(second);
    await ended;
    expect(running.child.signalCode).toBe(second);
  });
});
