import { expect, it } from 'vitest';
import { torture } from '../../scripts/torture/torture.js';
import { folderForTest, onDatabase } from './process.js';

it('loses nothing and finds nothing wrong, however it is killed', async () => {
  // On a database each kill is followed by the 20 seconds in which another process might have gone on.
  const kills = onDatabase ? 4 : 10;
  const { wrong, acknowledged, searches, childKills } = await torture({
    kills,
    seed: 7,
    folder: folderForTest(),
    killsChildren: true,
  });
  expect(wrong).toEqual([]);
  expect(acknowledged).toBeGreaterThan(10);
  expect(searches).toBeGreaterThan(0);
  expect(childKills).toBeGreaterThan(0);
}, 240_000);
