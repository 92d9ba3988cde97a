import { expect, it } from 'vitest';
import { seededRandom } from '../../scripts/bench/random.js';
import { registers } from '../../scripts/torture/registers.js';
import { Victim } from '../../scripts/torture/victim.js';
import { folderForTest } from './process.js';

it('64 clients that read and write the same documents never see one that was overwritten', async () => {
  const victim = new Victim(folderForTest());
  await victim.ready;
  const { writes, reads, wrong } = await registers(victim, {
    clients: 64,
    ms: 10_000,
    random: seededRandom(1),
  });
  await victim.stop();
  expect(wrong).toEqual([]);
  expect(writes).toBeGreaterThan(20);
  expect(reads).toBeGreaterThan(100);
});
