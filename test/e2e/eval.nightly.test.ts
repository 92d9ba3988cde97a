import { expect, it } from 'vitest';
import { makeDataset } from '../evaluation/made-dataset.js';
import { akin, folderForTest } from './process.js';

it('akin eval scores each mode on a collection, and prints a table', async () => {
  const { status, stdout } = await akin(['eval', makeDataset(folderForTest())]);
  expect(status).toBe(0);
  for (const mode of ['hybrid', 'semantic', 'keyword'])
    expect(stdout).toMatch(new RegExp(`${mode} +1\\.0000 +1\\.0000 +1\\.0000`));
  expect(stdout).toContain('harbour (2)');
});
