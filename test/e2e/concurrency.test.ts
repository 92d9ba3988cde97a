import { expect, it } from 'vitest';
import { seededRandom } from '../../scripts/bench/random.js';
import { registers } from '../../scripts/torture/registers.js';
import { Victim } from '../../scripts/torture/victim.js';
import { akin, folderForTest } from './process.js';

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

it('a second process on one folder is told who holds it, and harms nothing', {
  tags: ['folder'],
}, async () => {
  const index = folderForTest();
  const victim = new Victim(index);
  const address = await victim.ready;
  await victim.ask('POST', '/v1/documents', { id: 'a', text: 'The ferry sails at noon.' });
  const second = await akin(['serve', '--index', index, '--port', '0']);
  expect(second.status).toBe(1);
  expect(second.stderr).toContain('INDEX_LOCKED');
  expect(second.stderr).toContain(address);
  expect((await victim.ask('GET', '/v1/documents/a'))?.status).toBe(200);
  await victim.stop();
});
