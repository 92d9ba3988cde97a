import { expect, it } from 'vitest';
import { akin, folderForTest } from './process.js';

it('akin eval says what a folder lacks', async () => {
  const { status, stderr } = await akin(['eval', folderForTest()]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/corpus\.jsonl.*\[PATH_NOT_FOUND\]/);
});
