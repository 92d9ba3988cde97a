import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { akin, folderForTest, ROOT, startServer, temporaryFolder } from './process.js';

const index = temporaryFolder();
const inIndex = (...args: string[]) => akin(['--index', index.path, ...args]);

beforeAll(async () => {
  expect(
    await inIndex('ingest', join(ROOT, 'corpus', 'energy'), join(ROOT, 'corpus', 'culture')),
  ).toMatchObject({ status: 0 });
});
afterAll(index.remove);

/** The commands, once on an index that the process opens, once through a server that holds it. */
describe.each(['alone', 'through a server'])('the command line, %s', (how) => {
  let stop = async (): Promise<unknown> => undefined;
  beforeAll(async () => {
    if (how === 'through a server') ({ stop } = await startServer(index.path));
  });
  afterAll(() => stop());

  it('search prints hits for people, one JSON value, or a line each, and messages elsewhere', async () => {
    const human = await inIndex('search', 'who pays for the tidal plant');
    expect(human).toMatchObject({ status: 0, stderr: '' });
    expect(human.stdout).toContain('tidal-gate-planning-approval.md');
    const { hits } = JSON.parse((await inIndex('search', '--json', 'tidal plant')).stdout);
    const lines = (await inIndex('search', '--jsonl', 'tidal plant')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual(hits);
  });

  it('search and list narrow down by source, tag and date', async () => {
    const found = async (...options: string[]): Promise<string[]> =>
      JSON.parse(
        (await inIndex('search', '--json', '--min-score', '0', 'tidal plant', ...options)).stdout,
      ).hits.map(({ document }: { document: { id: string } }) => document.id);
    expect(
      await found('--source', 'Marenholt Courier', '--since', '2025-02-11', '--until', '2025-02-11'),
    ).toEqual(['tidal-gate-planning-approval.md']);
    expect(await found('--tag', 'energy', '--tag', 'no such tag')).toEqual([]);
    const { stdout } = await inIndex(
      'list',
      '--source',
      'Marenholt Courier',
      '--filter',
      '{"language":"en"}',
    );
    expect(stdout).toContain('tidal-gate-opens.md\tAske Tidal Gate');
    expect(stdout).not.toContain('bell-foundry');
  });

  it('search opens the page or the file of a hit, or says where it is', async () => {
    const folder = folderForTest();
    const [opened, opener] = [join(folder, 'opened'), join(folder, 'xdg-open')];
    writeFileSync(opener, `#!/bin/sh\necho "$1" > ${opened}.new; mv ${opened}.new ${opened}\n`, {
      mode: 0o755,
    });
    const PATH = `${folder}:${process.env.PATH}`;
    const search = (args: string[], env: Record<string, string>) =>
      akin(['--index', index.path, 'search', 'tidal gate delivers electricity', ...args], { env });
    const target = process.platform === 'linux' ? 'Opened' : 'Open';
    const file = join(ROOT, 'corpus', 'energy', 'tidal-gate-opens.md');
    const { stderr } = await search(['--open=1', '--limit', '1'], { PATH, DISPLAY: ':0' });
    expect(stderr).toBe(`${target} ${file}\n`);
    await vi.waitFor(() => expect(readFileSync(opened, 'utf8')).toBe(`${file}\n`));
    const page = await search(['--tag', 'planning', '--open'], { PATH, DISPLAY: '', WAYLAND_DISPLAY: '' });
    expect(page.stderr).toMatch(/^Open https:\/\/www\.marenholt-courier\.example\//);
    expect(await search(['--limit', '1', '--open=2'], { PATH })).toMatchObject({ status: 2 });
  });

  it('search and related exit with 3 where there is nothing', async () => {
    expect(await inIndex('search', '--filter', '{"source":"Nobody"}', 'tidal plant')).toMatchObject({
      status: 3,
      stdout: '',
    });
    expect((await inIndex('related', '--filter', '{"source":"Nobody"}', 'tidal-gate-opens.md')).status).toBe(
      3,
    );
  });

  it('related takes a document, a file, or standard input', async () => {
    const first = (stdout: string): string => JSON.parse(stdout).hits[0].document.id;
    expect(first((await inIndex('related', '--json', 'corvina-wreck-found.txt')).stdout)).toMatch(
      /^corvina-/,
    );
    expect(
      first(
        (await inIndex('related', '--json', '--file', join(ROOT, 'corpus/culture/corvina-wreck-found.txt')))
          .stdout,
      ),
    ).toMatch(/^corvina-/);
    const piped = await akin(['--index', index.path, 'related', '--json', '-'], {
      input: 'Divers lift the cargo of a sunken merchant ship.',
    });
    expect(first(piped.stdout)).toMatch(/^corvina-/);
  });

  it('get, list and stats tell what is there', async () => {
    const listed = JSON.parse((await inIndex('list', '--json')).stdout).documents as { id: string }[];
    expect(listed.map(({ id }) => id)).toContain('bell-foundry-last-casting.html');
    expect((await inIndex('list')).stdout.trim().split('\n')).toHaveLength(listed.length);
    expect(JSON.parse((await inIndex('stats', '--json')).stdout).documents).toBe(listed.length);
    expect((await inIndex('get', 'bell-foundry-last-casting.html')).stdout).toContain('Penhallow');
  });

  it('ingest and remove change the index and say so', async () => {
    const folder = folderForTest();
    writeFileSync(join(folder, 'note.txt'), 'The ferryman keeps bees on the roof of the harbour office.');
    const ingested = await inIndex('ingest', '--json', '--id-prefix', 'notes/', folder);
    expect(JSON.parse(ingested.stdout)).toMatchObject({
      status: 'succeeded',
      counts: { total: 1, created: 1 },
    });
    expect(
      JSON.parse((await inIndex('search', '--json', 'who keeps bees?')).stdout).hits[0].document.id,
    ).toBe('notes/note.txt');
    const named = join(folder, 'named.jsonl');
    writeFileSync(named, '{"id":"7","text":"The lighthouse was painted white again."}\n');
    await inIndex('ingest', '--id-prefix', 'notes/', named);
    expect(JSON.parse((await inIndex('get', '--json', 'notes/7')).stdout).text).toContain('lighthouse');
    const removed = await inIndex('remove', '--json', 'notes/note.txt', 'notes/other.txt');
    expect(removed.status).toBe(1);
    expect(JSON.parse(removed.stdout)).toEqual({ removed: ['notes/note.txt'], missing: ['notes/other.txt'] });
    expect((await inIndex('get', 'notes/note.txt')).stderr).toContain('DOCUMENT_NOT_FOUND');
  });

  it.each([
    [['search', 'x', '--filter', '{"colour":1}'], 2],
    [['get', 'nothing'], 1],
    [['ingest', '/no/such/folder'], 1],
    [['ingest', '--map', 'Inhalt=body', 'corpus'], 2],
  ])('%j exits with %i', async (args, status) => {
    const result = await inIndex(...args);
    expect(result.status).toBe(status);
    if (status !== 0) expect(result.stderr).not.toBe('');
  });
});

it.each([
  [['serch', 'x'], 2],
  [['search', 'x', '--limit', 'many'], 2],
  [['search', 'x', '--mode', 'magic'], 2],
  [['ingest'], 2],
  [['ingest', '--retry-failed', 'corpus'], 2],
  [['ingest', '--map', 'Inhalt', 'corpus'], 2],
  [['--help'], 0],
])('%j exits with %i', async (args, status) => {
  const result = await inIndex(...args);
  expect(result.status).toBe(status);
  if (status !== 0) expect(result.stderr).not.toBe('');
});

it('colours nothing but a terminal, unless it shall', async () => {
  const plain = (await inIndex('search', 'tidal plant')).stdout;
  expect(plain).not.toContain('\x1b');
  const { stdout } = await inIndex('search', '--color', 'always', 'tidal plant');
  expect(stdout).toContain('\x1b[1m');
  expect(stripVTControlCharacters(stdout)).toBe(plain);
});

it('says which command may have been meant, its version, and what each command does, with examples', async () => {
  expect((await akin(['serch', 'x'])).stderr).toContain('Did you mean search?');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect((await akin(['--version'])).stdout).toBe(`${version}\n`);
  const help = await akin(['search', '--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect(help.stdout).toMatch(/Which documents:[\s\S]+Global Options:[\s\S]+Examples:\n {2}akin search/);
});

it('a setting that is wrong stops the start and names itself', async () => {
  const { status, stderr } = await akin(['serve', '--port', 'http', '--index', folderForTest()]);
  expect(status).toBe(2);
  expect(stderr).toContain('--port');
  const elsewhere = await akin(['serve', '--host', '0.0.0.0', '--index', folderForTest()]);
  expect(elsewhere).toMatchObject({ status: 2, stderr: expect.stringContaining('--host') });
});

it('an index made by another model is refused, with the way out', async () => {
  const { status, stderr } = await akin(['--index', index.path, 'search', 'x'], {
    env: { AKIN_DTYPE: 'float32' },
  });
  expect(status).toBe(1);
  expect(stderr).toContain('MODEL_MISMATCH');
  expect(stderr).toContain('akin reembed');
});

it('config tells each setting and where it came from', async () => {
  const { stdout } = await akin(['--json', 'config'], { env: { AKIN_PORT: '4000' } });
  const port = JSON.parse(stdout).find(({ name }: { name: string }) => name === 'port');
  expect(port).toMatchObject({ value: 4000, origin: 'environment', variable: 'AKIN_PORT' });
});

it('config keeps the password of the database for itself', async () => {
  const { stdout } = await akin(['config'], { env: { AKIN_DATABASE: 'postgres://me:secret@db/news' } });
  expect(stdout).toContain('postgres://me:***@db/news');
  expect(stdout).not.toContain('secret');
});
