import { expect, it, vi } from 'vitest';
import type { Akin } from '../src/akin.js';
import { AkinError } from '../src/errors.js';
import { OnDemandAkin } from '../src/on-demand-akin.js';

/** Counts how often it was opened and closed. */
function counted(idleMs = 60_000) {
  const counts = { opened: 0, closed: 0 };
  const akin = new OnDemandAkin({
    open: async () => {
      counts.opened += 1;
      return {
        close: async () => {
          counts.closed += 1;
        },
      } as Akin;
    },
    idleMs,
  });
  return { akin, counts };
}

it('is opened by the first question, once, and closed by the end', async () => {
  const { akin, counts } = counted();
  expect(counts.opened).toBe(0);
  await Promise.all([akin.use(async () => 1), akin.use(async () => 2)]);
  expect(counts).toEqual({ opened: 1, closed: 0 });
  await akin.close();
  expect(counts).toEqual({ opened: 1, closed: 1 });
});

it('is given free when no question comes, never while one is asked, and opened again', async () => {
  const { akin, counts } = counted(1);
  await akin.use(() => new Promise((resolve) => setTimeout(resolve, 20)));
  expect(counts.closed).toBe(0);
  await vi.waitFor(() => expect(counts.closed).toBe(1));
  await akin.use(async () => undefined);
  expect(counts.opened).toBe(2);
  await akin.close();
});

it('is opened anew and asked again where its server is gone, once', async () => {
  const { akin, counts } = counted();
  const gone = new AkinError('SERVER_UNREACHABLE', 'It is gone.');
  const answers = [() => Promise.reject(gone), () => Promise.resolve(7)];
  expect(await akin.use(async () => answers.shift()?.())).toBe(7);
  expect(counts.opened).toBe(2);
  await expect(akin.use(() => Promise.reject(gone))).rejects.toThrow('It is gone.');
  expect(counts.opened).toBe(3);
  await akin.close();
});

it('is tried again after it could not be opened', async () => {
  let tries = 0;
  const locked = new OnDemandAkin({
    open: async () => {
      tries += 1;
      throw new AkinError('INDEX_LOCKED', 'Another holds it.');
    },
    idleMs: 60_000,
  });
  for (let round = 0; round < 2; round++)
    await expect(locked.use(async () => undefined)).rejects.toThrow('Another holds it.');
  expect(tries).toBe(2);
  await locked.close();
});
