import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtModule } from '../../scripts/bench/built-module.js';
import type { Engine, SearchAnswer } from '../../src/index.js';
import { folderForTest, temporaryFolder } from '../e2e/process.js';
import { openAt } from '../support/app.js';

const folder = temporaryFolder();
const backup = join(folder.path, 'one.backup');
const { restoreBackup } = await builtModule<typeof import('../../src/index.js')>('index.js');
const QUERY = 'Who repairs the harbour crane?';

const DOCUMENTS = Array.from({ length: 60 }, (_, number) => ({
  id: `doc-${number}`,
  title: `Notice ${number}`,
  text: `Notice ${number}: the ${['harbour crane', 'school roof', 'old orchard'][number % 3]} is repaired by firm ${number} from Monday.`,
}));

async function hitsIn(place: string): Promise<SearchAnswer['hits']> {
  const restored = await openAt(place);
  try {
    return (await restored.search({ query: QUERY })).hits;
  } finally {
    await restored.close();
  }
}

let engine: Engine;
let hits: SearchAnswer['hits'];

beforeAll(async () => {
  engine = await openAt(join(folder.path, 'index'));
  await engine.addDocuments(DOCUMENTS);
  await engine.backup(backup);
  ({ hits } = await engine.search({ query: QUERY }));
  expect(hits.length).toBeGreaterThan(3);
});
afterAll(async () => {
  await engine.close();
  folder.remove();
});

describe('a backup', () => {
  it('becomes an index that answers the same', async () => {
    const place = join(folderForTest(), 'new', 'index');
    await restoreBackup(backup, place);
    expect(await hitsIn(place)).toEqual(hits);
  });

  it('is one file, which SQLite opens as it is and nothing else is written beside', () => {
    const place = folderForTest();
    copyFileSync(backup, join(place, 'copy'));
    const database = new SqliteDatabase(join(place, 'copy'), { readonly: true });
    expect(database.prepare('SELECT count(*) FROM documents').pluck().get()).toBe(60);
    database.close();
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('takes the place of a backup, but of no other file', async () => {
    const place = folderForTest();
    const mine = join(place, 'mine.txt');
    writeFileSync(mine, 'a text of mine '.repeat(40));
    await expect(engine.backup(mine)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(readFileSync(mine, 'utf8')).toContain('a text of mine');
    copyFileSync(backup, join(place, 'old.backup'));
    await engine.backup(join(place, 'old.backup'));
    expect(readdirSync(place).sort()).toEqual(['mine.txt', 'old.backup']);
  });
});

describe('what is no whole backup is refused before anything is touched:', () => {
  const flipped = (at: (length: number) => number) => (bytes: Buffer) => {
    const place = at(bytes.length);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    return bytes;
  };
  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('not a backup '.repeat(100))],
    ['cut short by a byte', (bytes) => bytes.subarray(0, -1)],
    ['cut in half', (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ['with a byte more', (bytes) => Buffer.concat([bytes, Buffer.from('\n')])],
    ['changed in a bit of its header', flipped(() => 20)],
    ['changed in a bit of its middle', flipped((length) => length >> 1)],
    ['changed in a bit of its length', flipped((length) => length - 112)],
    ['changed in a bit of its hash', flipped((length) => length - 80)],
    ['changed in its last bit', flipped((length) => length - 1)],
    ['a database without its end', (bytes) => bytes.subarray(0, -128)],
  ])('%s', async (_what, change) => {
    const place = folderForTest();
    writeFileSync(join(place, 'bad'), change(readFileSync(backup)));
    const target = join(place, 'index');
    await expect(restoreBackup(join(place, 'bad'), target, { force: true })).rejects.toMatchObject({
      code: 'BACKUP_DAMAGED',
    });
    expect(existsSync(target)).toBe(false);
  });
});

describe('restore', () => {
  it('replaces an index only where it is forced to, and then all of it', async () => {
    const place = folderForTest();
    const other = await openAt(place);
    await other.addDocuments([{ id: 'other', text: 'The lighthouse keeper paints his door green.' }]);
    await other.close();
    const before = readdirSync(place);
    await expect(restoreBackup(backup, place)).rejects.toMatchObject({ code: 'INDEX_NOT_EMPTY' });
    expect(readdirSync(place)).toEqual(before);
    await restoreBackup(backup, place, { force: true });
    const restored = await openAt(place);
    expect((await restored.search({ query: QUERY })).hits).toEqual(hits);
    await expect(restored.getDocument('other')).rejects.toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
    await restored.close();
  });

  it('puts an index in the place of one that nothing can read', async () => {
    const place = folderForTest();
    for (const name of ['akin.db', 'akin.db-wal']) writeFileSync(join(place, name), 'rubbish '.repeat(5_000));
    await restoreBackup(backup, place, { force: true });
    expect(await hitsIn(place)).toEqual(hits);
  });

  it('leaves an index alone that a process holds', async () => {
    const held = restoreBackup(backup, join(folder.path, 'index'), { force: true });
    await expect(held).rejects.toMatchObject({ code: 'INDEX_LOCKED' });
    expect((await engine.search({ query: QUERY })).hits).toEqual(hits);
  });
});
