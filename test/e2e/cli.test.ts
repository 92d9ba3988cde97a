import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    [['serch', 'x'], 2],
    [['search', 'x', '--limit', 'many'], 2],
    [['search', 'x', '--mode', 'magic'], 2],
    [['search', 'x', '--filter', '{"colour":1}'], 2],
    [['get', 'nothing'], 1],
    [['ingest', '/no/such/folder'], 1],
    [['ingest'], 2],
    [['ingest', '--retry-failed', 'corpus'], 2],
    [['ingest', '--map', 'Inhalt', 'corpus'], 2],
    [['ingest', '--map', 'Inhalt=body', 'corpus'], 2],
    [['--help'], 0],
  ])('%j exits with %i', async (args, status) => {
    const result = await inIndex(...args);
    expect(result.status).toBe(status);
    if (status !== 0) expect(result.stderr).not.toBe('');
  });
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
