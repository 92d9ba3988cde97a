import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Akin } from '../../src/akin.js';
import { createProgram } from '../../src/cli/program.js';
import { run } from '../../src/cli/run.js';
import { AkinError } from '../../src/errors.js';
import type { Job } from '../../src/storage/job-store.js';
import { folderForTest, ROOT } from '../e2e/process.js';
import { type CommandLineOptions, runCommandLine } from './command-line.js';

const commandLine = (args: string[], options?: CommandLineOptions) =>
  runCommandLine({ createProgram, run }, args, options);

const JOB: Job = {
  id: 'j1',
  type: 'sync',
  status: 'succeeded',
  counts: { total: 3, done: 3, created: 1, updated: 1, unchanged: 1, removed: 0, failed: 0 },
  errors: [],
  ratePerSecond: null,
  etaSeconds: null,
  createdAt: '2026-12-01T10:00:00.000Z',
  finishedAt: '2026-12-01T10:00:02.000Z',
  waiting: null,
};
const ANSWER = {
  query: '',
  mode: 'hybrid',
  limit: 10,
  offset: 0,
  processingTimeMs: 1,
  total: 0,
  hits: [],
  facets: {},
};

/** An index that notes what it is asked for, and answers with what is given for each method. */
function noting(answers: Partial<Record<keyof Akin, unknown>>): { akin: Partial<Akin>; asked: unknown[] } {
  const asked: unknown[] = [];
  const akin = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      async (...given: unknown[]) => {
        asked.push([name, ...given]);
        return answer;
      },
    ]),
  );
  return { akin, asked };
}

const search = (request: object) => ['search', expect.objectContaining(request)];

describe('a command line asks for what its arguments say', () => {
  it.each<[string[], unknown[]]>([
    [['search', 'who', 'pays?'], search({ query: 'who pays?', limit: 10, mode: 'hybrid' })],
    [['search', 'x', '--limit', '3', '--offset', '6'], search({ limit: 3, offset: 6 })],
    [['search', 'x', '--mode', 'keyword', '--min-score', '0.5'], search({ mode: 'keyword', minScore: 0.5 })],
    [['search', 'x', '--passages', '2'], search({ passagesPerDocument: 2 })],
    [['search', 'x', '--rerank'], search({ rerank: true })],
    [['search', 'x', '--no-rerank'], search({ rerank: false })],
    [['search', 'x', '--source', 'The Star'], search({ filter: { source: { in: ['The Star'] } } })],
    [
      ['search', 'x', '--filter', '{"language":"en"}', '--tag', 'a', '--tag', 'b', '--since', '2025-01-02'],
      search({
        filter: {
          and: [{ language: 'en' }, { tags: 'a' }, { tags: 'b' }, { publishedAt: { gte: '2025-01-02' } }],
        },
      }),
    ],
    [
      ['related', 'a/b.md', '--limit', '4'],
      ['related', 'a/b.md', { limit: 4 }],
    ],
    [
      ['related', 'id', '--diversity', '0', '--recency', '0.5', '--source', 'other'],
      ['related', 'id', { limit: 10, diversity: 0, recency: 0.5, source: 'other' }],
    ],
    [
      ['related', '-'],
      ['relatedToText', { text: 'What came in.' }, { limit: 10 }],
    ],
    [
      ['get', 'a'],
      ['getDocument', 'a'],
    ],
    [
      ['list', '--limit', '5'],
      ['listDocuments', { limit: 5 }],
    ],
    [
      ['remove', 'a', 'b'],
      ['removeDocuments', ['a', 'b']],
    ],
    [['stats'], ['stats']],
    [['jobs'], ['listJobs']],
    [
      ['jobs', '--cancel', 'j1'],
      ['cancelJob', 'j1'],
    ],
    [
      ['stories', '--from', '2025-01-01'],
      ['listStories', expect.objectContaining({ from: '2025-01-01' })],
    ],
    [
      ['ingest', 'a', 'b', '--prune', '--id-prefix', 'p/'],
      ['ingest', ['a', 'b'], expect.objectContaining({ prune: true, idPrefix: 'p/', columns: {} })],
    ],
    [
      ['ingest', 'a', '--map', 'Inhalt=text,Datum=publishedAt', '--map', 'Titel = title'],
      [
        'ingest',
        ['a'],
        expect.objectContaining({ columns: { Inhalt: 'text', Datum: 'publishedAt', Titel: 'title' } }),
      ],
    ],
    [
      ['ingest', 'a', '--follow-links', '--ocr'],
      ['ingest', ['a'], expect.objectContaining({ followLinks: true, ocr: true })],
    ],
    [
      ['ingest', '--retry-failed'],
      ['retryFailed', expect.anything()],
    ],
  ])('%j', async (args, expected) => {
    const { akin, asked } = noting({
      search: ANSWER,
      related: ANSWER,
      relatedToText: ANSWER,
      getDocument: { id: 'a', title: null, text: '', versions: [], metadata: {}, tags: [] },
      listDocuments: { documents: [], nextCursor: null },
      removeDocuments: ['a', 'b'],
      stats: { model: {}, documents: 0 },
      listJobs: [JOB],
      cancelJob: JOB,
      listStories: { stories: [], nextCursor: null },
      ingest: JOB,
      retryFailed: JOB,
    });
    await commandLine([...args, '--json'], { akin, input: 'What came in.' });
    expect(asked[0]).toEqual(expected);
  });

  it('list goes on from page to page until it has what is wanted', async () => {
    const sizes: unknown[] = [];
    const akin = {
      listDocuments: async (input: { limit?: number; cursor?: string } = {}) => {
        sizes.push([input.limit, input.cursor]);
        const documents = Array.from({ length: input.limit ?? 0 }, (_, place) => ({ id: `${place}` }));
        return { documents, nextCursor: 'more' };
      },
    } as unknown as Partial<Akin>;
    const { stdout } = await commandLine(['list', '--jsonl', '--limit', '1500'], { akin });
    expect(sizes).toEqual([
      [1_000, undefined],
      [500, 'more'],
    ]);
    expect(stdout.trim().split('\n')).toHaveLength(1_500);
  });
});

describe('the exit status', () => {
  it.each<[string[], number]>([
    [['serch', 'x'], 2],
    [['search', 'x', '--limit', 'many'], 2],
    [['search', 'x', '--mode', 'magic'], 2],
    [['ingest'], 2],
    [['ingest', '--retry-failed', 'corpus'], 2],
    [['ingest', '--map', 'Inhalt', 'corpus'], 2],
    [['serve', '--port', 'http'], 2],
    [['--help'], 0],
  ])('of %j is %i, and where it is not 0 something says why', async (args, status) => {
    const result = await commandLine(args);
    expect(result.status).toBe(status);
    if (status !== 0) expect(result.stderr).not.toBe('');
  });

  it.each<[string, number]>([
    ['INVALID_REQUEST', 2],
    ['NO_RERANKER', 2],
    ['DOCUMENT_NOT_FOUND', 1],
    ['INDEX_LOCKED', 1],
  ])('of a command that fails with %s is %i, and the code is said', async (code, status) => {
    const akin = {
      stats: async () => {
        throw new AkinError(code as 'INVALID_REQUEST', 'It went wrong.');
      },
    };
    expect(await commandLine(['stats'], { akin })).toEqual({
      status,
      stdout: '',
      stderr: `akin: It went wrong. [${code}]\n`,
    });
    const { stdout } = await commandLine(['--json', 'stats'], { akin });
    expect(JSON.parse(stdout)).toEqual({ error: { code, detail: 'It went wrong.' } });
  });

  it('is 3 where nothing is found, 1 where something could not be removed or read', async () => {
    const { akin } = noting({
      search: ANSWER,
      removeDocuments: ['a'],
      ingest: {
        ...JOB,
        status: 'partial',
        errors: [{ item: 'bad\u202E.txt', code: 'EMPTY_FILE', detail: 'It is empty.' }],
      },
    });
    expect(await commandLine(['search', 'x'], { akin })).toEqual({
      status: 3,
      stdout: '',
      stderr: 'Nothing found. --min-score 0 shows what comes nearest.\n',
    });
    const removed = await commandLine(['remove', 'a', 'b'], { akin });
    expect(removed).toMatchObject({ status: 1, stdout: '1 removed\n' });
    expect(removed.stderr).toContain('"b" in the index. [DOCUMENT_NOT_FOUND]');
    const ingested = await commandLine(['ingest', 'corpus'], { akin });
    expect(ingested).toMatchObject({ status: 1, stdout: '3 files: 1 new, 1 changed, 1 unchanged\n' });
    expect(ingested.stderr).toContain('bad .txt: It is empty. [EMPTY_FILE]\n');
  });
});

it('says which command may have been meant, its version, and what each command does, with examples', async () => {
  expect((await commandLine(['serch', 'x'])).stderr).toContain('Did you mean search?');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect((await commandLine(['--version'])).stdout).toBe(`${version}\n`);
  const help = await commandLine(['search', '--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect(help.stdout).toMatch(/Which documents:[\s\S]+Global Options:[\s\S]+Examples:\n {2}akin search/);
});

it('a setting that is wrong names itself', async () => {
  expect((await commandLine(['serve', '--port', 'http'])).stderr).toContain('--port');
});

it('config tells each setting and where it came from', async () => {
  const { stdout } = await commandLine(['--json', 'config'], { env: { AKIN_PORT: '4000' } });
  const port = JSON.parse(stdout).find(({ name }: { name: string }) => name === 'port');
  expect(port).toMatchObject({ value: 4000, origin: 'environment', variable: 'AKIN_PORT' });
});

it('config keeps the password of the database for itself', async () => {
  const { stdout } = await commandLine(['config'], {
    env: { AKIN_DATABASE: 'postgres://me:secret@db/news' },
  });
  expect(stdout).toContain('postgres://me:***@db/news');
  expect(stdout).not.toContain('secret');
});

it.each<[string[]]>([
  [['--scope', 'all']],
  [[]],
  [['--scope', 'read', '--filter', '{"colour":"red"}']],
  [['--scope', 'write', '--filter', '{"source":"Desk"}']],
])('keys create %j makes no key, and is wrong usage', async (options) => {
  const index = folderForTest();
  const { status, stdout } = await commandLine(['keys', 'create', '--index', index, ...options]);
  expect([status, stdout]).toEqual([2, '']);
  expect(readdirSync(index)).toEqual([]);
});
