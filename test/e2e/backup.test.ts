import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Job, restoreBackup, type SearchAnswer } from '../../src/index.js';
import { akin, call, folderForTest, type RunResult, startServer, temporaryFolder } from './process.js';

const folder = temporaryFolder();
const index = join(folder.path, 'index');
const backup = join(folder.path, 'one.backup');
const QUERY = 'Who repairs the harbour crane?';

function documentsFile(): string {
  const path = join(folder.path, 'documents.jsonl');
  const lines = Array.from({ length: 60 }, (_, number) =>
    JSON.stringify({
      id: `doc-${number}`,
      title: `Notice ${number}`,
      text: `Notice ${number}: the ${['harbour crane', 'school roof', 'old orchard'][number % 3]} is repaired by firm ${number} from Monday.`,
    }),
  );
  writeFileSync(path, lines.join('\n'));
  return path;
}

async function hitsIn(place: string): Promise<SearchAnswer['hits']> {
  const { stdout } = await akin(['--index', place, '--json', 'search', QUERY]);
  return (JSON.parse(stdout) as SearchAnswer).hits;
}

const restored = (file: string, place: string, ...more: string[]): Promise<RunResult> =>
  akin(['--index', place, 'restore', file, ...more]);

let hits: SearchAnswer['hits'];

beforeAll(async () => {
  expect((await akin(['--index', index, 'ingest', documentsFile()])).status).toBe(0);
  expect(await akin(['--index', index, 'backup', backup])).toMatchObject({ status: 0 });
  hits = await hitsIn(index);
  expect(hits.length).toBeGreaterThan(3);
});
afterAll(folder.remove);

describe('a backup', () => {
  it('becomes an index that answers the same', async () => {
    const place = join(folderForTest(), 'new', 'index');
    expect(await restored(backup, place)).toMatchObject({ status: 0 });
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
    expect(await akin(['--index', index, 'backup', mine])).toMatchObject({ status: 2 });
    expect(readFileSync(mine, 'utf8')).toContain('a text of mine');
    copyFileSync(backup, join(place, 'old.backup'));
    expect(await akin(['--index', index, 'backup', join(place, 'old.backup')])).toMatchObject({ status: 0 });
    expect(readdirSync(place).sort()).toEqual(['mine.txt', 'old.backup']);
  });

  it('of an index that is not there makes none', async () => {
    const place = join(folderForTest(), 'none');
    const { status, stderr } = await akin(['--index', place, 'backup', join(folder.path, 'none.backup')]);
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('INDEX_NOT_FOUND'),
    });
    expect(existsSync(place)).toBe(false);
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
  it('replaces an index only with --force, and then all of it', { tags: ['folder'] }, async () => {
    const place = folderForTest();
    const other = join(folderForTest(), 'other.txt');
    writeFileSync(other, 'The lighthouse keeper paints his door green.');
    await akin(['--index', place, 'ingest', other]);
    const before = readdirSync(place);
    expect(await restored(backup, place)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('INDEX_NOT_EMPTY'),
    });
    expect(readdirSync(place)).toEqual(before);
    expect((await restored(backup, place, '--force')).status).toBe(0);
    expect(await hitsIn(place)).toEqual(hits);
    expect((await akin(['--index', place, 'get', 'other.txt'])).status).toBe(1);
  });

  it('puts an index in the place of one that nothing can read', async () => {
    const place = folderForTest();
    for (const name of ['akin.db', 'akin.db-wal']) writeFileSync(join(place, name), 'rubbish '.repeat(5_000));
    expect(await restored(backup, place, '--force')).toMatchObject({ status: 0 });
    expect(await akin(['--index', place, 'doctor'])).toMatchObject({ status: 0 });
  });

  it('leaves an index alone that a server holds', { tags: ['folder'] }, async () => {
    const place = folderForTest();
    await restored(backup, place);
    const server = await startServer(place);
    expect(await restored(backup, place, '--force')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('INDEX_LOCKED'),
    });
    expect((await call<SearchAnswer>(server, 'POST', '/v1/search', { query: QUERY })).status).toBe(200);
    await server.stop();
  });
});

it('a server gives a backup of what it holds while documents come in, by curl and by akin backup', async () => {
  const place = folderForTest();
  await restored(backup, join(place, 'index'));
  const server = await startServer(join(place, 'index'));
  const body = Array.from({ length: 300 }, (_, number) =>
    JSON.stringify({ id: `more-${number}`, text: `The tram of line ${number} is late again this morning.` }),
  ).join('\n');
  const headers = { 'content-type': 'application/x-ndjson' };
  await fetch(`${server.address}/v1/documents/import`, { method: 'POST', headers, body });

  const response = await fetch(`${server.address}/v1/backups`, { method: 'POST' });
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get('content-disposition')).toMatch(/akin-\d{4}-\d\d-\d\d\.backup/);
  writeFileSync(join(place, 'curl.backup'), bytes);
  expect(await akin(['--index', join(place, 'index'), 'backup', join(place, 'cli.backup')])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('cli.backup'),
  });
  await server.stop();
  expect(readdirSync(join(place, 'index', 'spool')).filter((name) => name.startsWith('backup-'))).toEqual([]);

  for (const name of ['curl', 'cli']) {
    const target = join(place, name);
    expect(await restored(join(place, `${name}.backup`), target)).toMatchObject({ status: 0 });
    const { documents } = JSON.parse((await akin(['--index', target, '--json', 'stats'])).stdout);
    expect(documents).toBeGreaterThanOrEqual(60);
    expect((await akin(['--index', target, 'doctor'])).stdout).toContain('nothing is wrong');
    const jobs = JSON.parse((await akin(['--index', target, '--json', 'jobs'])).stdout).jobs as Job[];
    expect(jobs.filter(({ status }) => status === 'queued' || status === 'running')).toEqual([]);
  }
});
