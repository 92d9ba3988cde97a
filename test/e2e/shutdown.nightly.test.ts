import { expect, it } from 'vitest';
import { importing } from './importing-server.js';
import { folderForTest } from './process.js';

it('a server ends at once with a second signal, also while an import runs', async () => {
  const running = await importing(folderForTest(), [], { AKIN_DRAIN_MS: '600000' });
  const ended = running.stop('SIGTERM');
  while (!running.output.stderr.includes('Akin is ending')) await new Promise((wake) => setTimeout(wake, 20));
  running.child.kill('SIGINT');
  await ended;
  expect(running.child.signalCode).toBe('SIGINT');
});
