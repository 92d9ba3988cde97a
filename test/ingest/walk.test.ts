import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles } from '../../src/ingest/walk.js';
import { folderForTest } from '../e2e/process.js';

function folderWith(files: Record<string, string | Buffer>): string {
  const folder = folderForTest();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const namesIn = async (folder: string, followLinks = false): Promise<string[]> =>
  (await findFiles([folder], { followLinks })).files.map(({ name }) => name);

const INDEX = { 'akin.db': '', 'owner.key': '\0key', 'keys/0a.json': '{}', 'spool/1/a.txt': 'An upload.' };

describe('the files of a folder', () => {
  it('are not those of an index below it, nor Akin’s settings', async () => {
    const folder = folderWith({ 'a.txt': 'a', 'akin.config.json': '{}', 'b/c.txt': 'c' });
    for (const [name, content] of Object.entries(INDEX)) {
      mkdirSync(join(folder, 'b', 'index', name, '..'), { recursive: true });
      writeFileSync(join(folder, 'b', 'index', name), content);
    }
    expect(await namesIn(folder)).toEqual(['a.txt', 'b/c.txt']);
  });

  it('are all but the index’s own where the index lies among them', async () => {
    expect(await namesIn(folderWith({ ...INDEX, 'a.txt': 'a' }))).toEqual(['a.txt']);
  });

  it('are not those that links lead to in an index', async () => {
    const [index, folder] = [folderWith(INDEX), folderWith({ 'a.txt': 'a' })];
    symlinkSync(index, join(folder, 'index'));
    symlinkSync(join(index, 'spool'), join(folder, 'uploads'));
    symlinkSync(join(index, 'owner.key'), join(folder, 'notes.txt'));
    expect(await namesIn(folder, true)).toEqual(['a.txt']);
  });

  it.each([
    'owner.key',
    'keys',
    'spool/1',
    'akin.db',
  ])('are not %s of an index, also where it is named', async (name) => {
    await expect(findFiles([join(folderWith(INDEX), name)])).rejects.toMatchObject({ code: 'OWN_FILE' });
  });

  it('are not read where what says which are is a pipe or a device, and that is named', async () => {
    const folder = folderWith({ 'pipe/a.txt': 'a', 'device/a.txt': 'a', 'b.txt': 'b' });
    spawnSync('mkfifo', [join(folder, 'pipe', '.akinignore')]);
    symlinkSync('/dev/zero', join(folder, 'device', '.akinignore'));
    const { files, failures, unread } = await findFiles([folder]);
    expect(files.map(({ name }) => name)).toEqual(['b.txt']);
    expect(failures).toEqual(
      ['device', 'pipe'].map((item) => ({
        item,
        code: 'READ_FAILED',
        detail: expect.stringContaining('.akinignore'),
      })),
    );
    expect(unread).toEqual([join(folder, 'device'), join(folder, 'pipe')]);
  });

  it('that are pipes and devices are named where somebody names them', async () => {
    const pipe = join(folderForTest(), 'pipe');
    spawnSync('mkfifo', [pipe]);
    const { files, failures } = await findFiles([pipe, '/dev/zero']);
    expect(files).toEqual([]);
    expect(failures.map(({ item, code }) => [item, code])).toEqual([
      [pipe, 'UNSUPPORTED_TYPE'],
      ['/dev/zero', 'UNSUPPORTED_TYPE'],
    ]);
  });

  it('whose names are no UTF-8 are named', async () => {
    const folder = folderWith({ 'a.txt': 'a' });
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9), Buffer.from('.txt')]), 'b');
    const { files, failures } = await findFiles([folder]);
    expect(files.map(({ name }) => name)).toEqual(['a.txt']);
    expect(failures).toEqual([
      { item: 'caf\uFFFD.txt', code: 'READ_FAILED', detail: expect.stringContaining('not valid UTF-8') },
    ]);
  });
});
