import { expect, it } from 'vitest';
import { torture } from '../../scripts/torture/torture.js';
import { folderForTest } from './process.js';

it('loses nothing and finds nothing wrong, however it is killed', async () => {
  const { wrong, acknowledged, searches } = await torture({ kills: 10, seed: 7, folder: folderForTest() });
  expect(wrong).toEqual([]);
  expect(acknowledged).toBeGreaterThan(10);
  expect(searches).toBeGreaterThan(0);
}, 240_000);
