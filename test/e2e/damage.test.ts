import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { akin, folderForTest } from './process.js';

it.each([
  ['the database is something else', 'akin.db', Buffer.from('%PDF-1.7 '.repeat(2_000))],
  ['the database is empty', 'akin.db', Buffer.alloc(0)],
])('where %s the program says what to do, and leaves it as it is', async (_what, name, content) => {
  const index = folderForTest();
  writeFileSync(join(index, name), content);
  writeFileSync(join(index, 'vectors-9-0.hnsw'), 'what hnswlib must never see');
  for (const args of [['search', 'x'], ['stats'], ['backup', join(folderForTest(), 'b')]]) {
    const { status, stderr } = await akin(['--index', index, ...args]);
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/akin restore.*INDEX_DAMAGED/),
    });
  }
  expect(await akin(['--index', index, 'doctor', '--repair'])).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('akin restore'),
  });
  expect(readFileSync(join(index, name)).equals(content)).toBe(true);
});
