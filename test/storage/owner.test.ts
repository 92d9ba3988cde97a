import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseFile } from '../../src/documents/parse.js';
import { readOwnerKey, removeOwner, writeOwnerKey } from '../../src/storage/owner.js';
import { folderForTest } from '../e2e/process.js';

it('the key of the owner is read back by who may read its file, and gone when it is removed', () => {
  const folder = folderForTest();
  const key = writeOwnerKey(folder);
  expect(readOwnerKey(folder)).toBe(key);
  expect(statSync(join(folder, 'owner.key')).mode & 0o777).toBe(0o600);
  expect(writeOwnerKey(folder)).not.toBe(key);
  removeOwner(folder);
  expect(readOwnerKey(folder)).toBeNull();
});

it.each([
  'owner.key',
  'notes.txt',
  'page.html',
  'a.json',
  'table.csv',
])('the file of the owner’s key is no document, also as %s', async (name) => {
  const folder = folderForTest();
  writeOwnerKey(folder);
  await expect(parseFile(readFileSync(join(folder, 'owner.key')), name)).rejects.toMatchObject({
    code: expect.stringMatching(/PRIVATE_KEY|UNSUPPORTED_TYPE/),
  });
});
