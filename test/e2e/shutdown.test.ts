import { describe, expect, it } from 'vitest';
import { importing } from './importing-server.js';
import { akin, call, folderForTest, startServer } from './process.js';

describe('a server that is told to end', () => {
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

  it('ends in order when its terminal is closed', async () => {
    const running = await startServer(folderForTest());
    expect(await running.stop('SIGHUP')).toBe(0);
    expect(running.output.stderr).toContain('Akin is ending');
  });

  it('ends at once with a second signal', async () => {
    const running = await startServer(folderForTest(), [], { AKIN_DRAIN_MS: '600000' });
    const ended = running.stop('SIGINT');
    while (!running.output.stderr.includes('Akin is ending'))
      await new Promise((wake) => setTimeout(wake, 20));
    running.child.kill('SIGTERM');
    await ended;
    expect(running.child.signalCode).toBe('SIGTERM');
  });
});
