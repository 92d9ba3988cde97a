import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { JobClaims } from '../../src/postgres/job-claims.js';
import { JobLoop } from '../../src/postgres/job-loop.js';
import type { JobWorkParts } from '../../src/postgres/job-work.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

it('a process without work looks for some again and again, also when memory was cleared meanwhile', async () => {
  const looks = new EventEmitter();
  let isReleased = false;
  const claims = {
    next: async () => {
      looks.emit('look');
      return null;
    },
    release: async () => {
      isReleased = true;
    },
  } as unknown as JobClaims;
  const loop = new JobLoop({ database: {} } as JobWorkParts, claims, new EventEmitter());
  const first = once(looks, 'look');
  loop.start();
  await first;
  for (let again = 0; again < 2; again++) {
    const next = once(looks, 'look');
    // It rests by now.
    await pause(10);
    collectGarbage();
    await next;
  }
  await loop.close();
  expect(isReleased).toBe(true);
});
