import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { builtModule } from '../../scripts/bench/built-module.js';
import type { Akin } from '../../src/akin.js';
import type { Latency } from '../../src/evaluation/latency.js';
import { folderForTest, ROOT } from '../e2e/process.js';
import { sharedIndex, useApp } from '../support/app.js';
import { type CommandLineOptions, runCommandLine } from './command-line.js';

const app = useApp({ corpus: true });
const program = {
  ...(await builtModule<typeof import('../../src/cli/program.js')>('cli/program.js')),
  ...(await builtModule<typeof import('../../src/cli/run.js')>('cli/run.js')),
};
const commandLine = (args: string[], options: CommandLineOptions) => runCommandLine(program, args, options);

/** The commands, once on an index that this process has open, once through a server that holds it. */
describe.each(['alone', 'through a server'])('the command line, %s', (how) => {
  let akin: Akin;
  beforeAll(async () => {
    const { RemoteAkin } =
      await builtModule<typeof import('../../src/client/remote-akin.js')>('client/remote-akin.js');
    akin = how === 'alone' ? app.engine : new RemoteAkin(app.address, app.ownerKey);
  });
  const inIndex = (...args: string[]) => commandLine(args, { akin });

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
    ).toEqual(['energy/tidal-gate-planning-approval.md']);
    expect(await found('--tag', 'energy', '--tag', 'no such tag')).toEqual([]);
    const { stdout } = await inIndex(
      'list',
      '--source',
      'Marenholt Courier',
      '--filter',
      '{"language":"en"}',
    );
    expect(stdout).toContain('energy/tidal-gate-opens.md\tAske Tidal Gate');
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
      commandLine(['search', 'tidal gate delivers electricity', ...args], { akin, env });
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
    expect(
      (await inIndex('related', '--filter', '{"source":"Nobody"}', 'energy/tidal-gate-opens.md')).status,
    ).toBe(3);
  });

  it('related takes a document, a file, or standard input', async () => {
    const first = (stdout: string): string => JSON.parse(stdout).hits[0].document.id;
    expect(first((await inIndex('related', '--json', 'energy/tidal-gate-opens.md')).stdout)).toMatch(
      /^energy\/tidal-gate-/,
    );
    expect(
      first(
        (await inIndex('related', '--json', '--file', join(ROOT, 'corpus/energy/tidal-gate-opens.md')))
          .stdout,
      ),
    ).toMatch(/^energy\/tidal-gate-/);
    const piped = await commandLine(['related', '--json', '-'], {
      akin,
      input: 'Divers lift the cargo of a sunken merchant ship.',
    });
    expect(first(piped.stdout)).toMatch(/^culture\/corvina-/);
  });

  it('get, list and stats tell what is there', async () => {
    const listed = JSON.parse((await inIndex('list', '--json')).stdout).documents as { id: string }[];
    expect(listed.map(({ id }) => id)).toContain('culture/bell-foundry-last-casting.html');
    expect((await inIndex('list')).stdout.trim().split('\n')).toHaveLength(listed.length);
    expect(JSON.parse((await inIndex('stats', '--json')).stdout).documents).toBe(listed.length);
    expect((await inIndex('get', 'culture/bell-foundry-last-casting.html')).stdout).toContain('Penhallow');
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

it('colours nothing but a terminal, unless it shall', async () => {
  const { engine: akin } = app;
  const plain = (await commandLine(['search', 'tidal plant'], { akin })).stdout;
  expect(plain).not.toContain('\x1b');
  const { stdout } = await commandLine(['search', '--color', 'always', 'tidal plant'], { akin });
  const { chooseColours } = await builtModule<typeof import('../../src/cli/terminal.js')>('cli/terminal.js');
  chooseColours('auto');
  expect(stdout).toContain('\x1b[1m');
  expect(stripVTControlCharacters(stdout)).toBe(plain);
});

it.each([
  ['empty', ''],
  ['100 KB long', 'why did the ferry turn back? '.repeat(3_600)],
])('search takes a query that is %s for wrong usage', async (_what, query) => {
  const printed = await commandLine(['search', '--', query], { akin: app.engine });
  expect(printed).toMatchObject({ status: 2, stdout: '' });
  expect(printed.stderr).toMatch(/^akin: .*query.* \[INVALID_REQUEST\]\n$/);
});

it('search finds nothing for only punctuation, and ends with status 3', async () => {
  expect(await commandLine(['search', '--', '?!… ("'], { akin: app.engine })).toEqual({
    status: 3,
    stdout: '',
    stderr: 'Nothing found. --min-score 0 shows what comes nearest.\n',
  });
});

it('bench measures searches in each mode and related documents', async () => {
  const printed = await commandLine(['--json', 'bench', '--questions', '2'], { akin: app.engine });
  expect(printed.status).toBe(0);
  const { documents, latencies } = JSON.parse(printed.stdout) as { documents: number; latencies: Latency[] };
  expect(documents).toBe((await app.engine.stats()).documents);
  expect(latencies.map(({ request, times }) => [request, times])).toEqual(
    ['hybrid', 'semantic', 'keyword', 'related'].map((request) => [request, 2]),
  );
  for (const { median, p95, p99 } of latencies) {
    expect(median).toBeGreaterThan(0);
    expect(median).toBeLessThanOrEqual(p95);
    expect(p95).toBeLessThanOrEqual(p99);
  }
});

it('bench says that an empty index has nothing to measure', async () => {
  const { engine: akin } = await sharedIndex();
  const { status, stderr } = await commandLine(['bench'], { akin });
  expect(status).toBe(2);
  expect(stderr).toContain('akin ingest');
});
