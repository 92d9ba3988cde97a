import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  akin,
  call,
  finished,
  ROOT,
  type RunningServer,
  type RunResult,
  startServer,
  temporaryFolder,
} from './process.js';

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  errors?: { path: string; message: string }[];
}

interface Job {
  id: string;
  status: string;
  counts: Record<string, number>;
  errors: { item: string; code: string; detail: string }[];
}

interface Answer {
  hits: { document: { id: string } }[];
}

/** What can't be taken, by what it is: the item that is named, its code, and a word that the reason has. */
const REFUSED = [
  ['an empty file', 'empty.txt', 'EMPTY_FILE', 'empty'],
  ['a file of white space', 'blank.md', 'EMPTY_FILE', 'empty'],
  ['a binary named .txt', 'program.txt', 'UNSUPPORTED_TYPE', 'ELF'],
  ['a PDF that breaks off', 'broken-off.pdf', 'DAMAGED_FILE', 'damaged'],
  ['a PDF that is none but for its first line', 'junk.pdf', 'DAMAGED_FILE', 'damaged'],
  ['a PDF with a password', 'password.pdf', 'ENCRYPTED_FILE', 'password'],
  ['a file of 200 MB', 'huge.txt', 'FILE_TOO_LARGE', '200.0 MB'],
  ['a broken line in JSON Lines', 'news.jsonl:3', 'INVALID_JSON', 'JSON'],
  ['a JSON file that is no document', 'list.json', 'INVALID_DOCUMENT', 'document'],
] as const;

/** What only another user than root may not read. */
const FORBIDDEN = [
  ['a folder without permission', 'forbidden', 'PERMISSION_DENIED', 'permissions'],
  ['a file without permission', 'forbidden.txt', 'PERMISSION_DENIED', 'permissions'],
] as const;

/** What can be taken, and words of each that only it has. */
const TAKEN = [
  ['ferry.txt', 'why did the ferry turn back in the storm'],
  ['lighthouse.pdf', 'who will live in the lighthouse'],
  ['latin1.txt', 'quels jours est ouvert le café de la gare'],
  ['news-1', 'beekeepers lost their hives'],
  ['news-2', 'tram line through the old town'],
  ['news-4', 'school kitchen cooks with vegetables'],
] as const;

const LONG_QUERY = 'why did the ferry turn back? '.repeat(3_600).slice(0, 100_000);
const REFUSED_QUERIES = [
  ['empty', ''],
  ['blank', ' \t\n '],
  ['a little too long', LONG_QUERY.slice(0, 8_001)],
  ['100 KB long', LONG_QUERY],
] as const;
const PUNCTUATION = ['?', '!?…', '"', '* (', "';--", '👍🏽 — «»', '%%', '\\'];

const folder = temporaryFolder();
const documents = join(folder.path, 'documents');
afterAll(() => {
  chmodSync(join(documents, 'forbidden'), 0o700);
  folder.remove();
});

beforeAll(async () => {
  mkdirSync(documents);
  await makeDocuments(documents);
});

describe.each(['alone', 'through a server'])('akin ingest of a folder with bad files in it, %s', (how) => {
  const asUser = userWithoutPrivileges(join(folder.path, how));
  let first: RunResult;
  let job: Job;
  let stop = async (): Promise<unknown> => undefined;

  beforeAll(async () => {
    if (how === 'through a server') stop = await serveAs(asUser);
    first = await asUser(['ingest', documents, '--json']);
    job = JSON.parse(first.stdout);
  });
  afterAll(() => stop());

  it.each([...REFUSED, ...FORBIDDEN])('reports %s (%s) with its code and the reason', (...row) => {
    const [, item, code, reason] = row;
    expect(job.errors.filter((error) => error.item === item)).toEqual([
      { item, code, detail: expect.stringContaining(reason) },
    ]);
    expect(first.stderr.split('\n').filter((line) => line.startsWith(`${item}: `))).toEqual([
      expect.stringMatching(new RegExp(`${reason}.* \\[${code}\\]$`)),
    ]);
  });

  it('reports nothing else, and ends with status 1', () => {
    expect(job.errors).toHaveLength(REFUSED.length + FORBIDDEN.length);
    expect(job.status).toBe('partial');
    expect(job.counts).toMatchObject({ created: TAKEN.length, failed: job.errors.length });
    expect(first.status).toBe(1);
  });

  it.each(TAKEN)('takes the rest: %s is found by "%s"', async (id, query) => {
    const { status, stdout } = await asUser(['search', query, '--json']);
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as Answer).hits[0]?.document.id).toBe(id);
  });

  it('reports the same when it is run again, and reads no good file anew', async () => {
    const again = await asUser(['ingest', documents, '--json']);
    expect(again.status).toBe(1);
    const { errors, counts }: Job = JSON.parse(again.stdout);
    expect(errors).toEqual(job.errors);
    expect(counts).toMatchObject({ created: 0, updated: 0, unchanged: TAKEN.length });
  });

  it('says in words what was taken and what was not', async () => {
    const { status, stdout, stderr } = await asUser(['ingest', join(documents, 'empty.txt')]);
    expect(status).toBe(1);
    expect(stdout).toContain('1 could not be taken');
    expect(stderr).toMatch(/^empty\.txt: .+ \[EMPTY_FILE\]$/m);
  });

  it('names a path that is not there, and ends with status 1', async () => {
    const { status, stderr } = await asUser(['ingest', join(documents, 'nowhere')]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/nowhere.*\[PATH_NOT_FOUND\]/);
  });
});

describe('a server', () => {
  const index = temporaryFolder();
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer(index.path);
    await call(server, 'POST', '/v1/documents', {
      id: 'ferry',
      text: 'The ferry turned back in the storm because waves had broken the ramp.',
    });
  });
  afterAll(async () => {
    await server.stop();
    index.remove();
  });

  async function send(
    path: string,
    init: RequestInit,
  ): Promise<{ status: number; type: string; body: Problem }> {
    const response = await fetch(server.address + path, init);
    const body = (await response.json()) as Problem;
    return { status: response.status, type: response.headers.get('content-type') ?? '', body };
  }

  async function expectProblem(
    path: string,
    init: RequestInit,
    status: number,
    code: string,
  ): Promise<Problem> {
    const answer = await send(path, init);
    expect(answer).toMatchObject({ status, type: expect.stringMatching(/^application\/problem\+json/) });
    expect(answer.body).toMatchObject({ status, code, type: expect.any(String), title: expect.any(String) });
    expect(answer.body.detail).not.toBe('');
    expect(answer.body.requestId).not.toBe('');
    return answer.body;
  }

  const post = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

  it('reports the bad ones of uploaded files and takes the rest', async () => {
    const form = new FormData();
    const names = REFUSED.map(([, item]) => item.replace(/:3$/, '')).filter((name) => name !== 'huge.txt');
    for (const name of [...names, 'ferry.txt', 'lighthouse.pdf', 'latin1.txt']) {
      form.append('files', new Blob([readFileSync(join(documents, name))]), name);
    }
    const response = await fetch(`${server.address}/v1/files`, { method: 'POST', body: form });
    expect(response.status).toBe(202);
    const job = await finished(server, ((await response.json()) as { job: Job }).job);
    const expected = REFUSED.filter(([, item]) => item !== 'huge.txt');
    expect(job.errors).toEqual(
      expected.map(([, item, code, reason]) => ({ item, code, detail: expect.stringContaining(reason) })),
    );
    expect(job).toMatchObject({ status: 'partial', counts: { created: TAKEN.length } });
  });

  it.each([
    ['has a file whose name has a character that none may have', 'filename="a\0b.txt"', '--end--'],
    ['ends before its end', 'filename="a.txt"', ''],
  ])('refuses a form that %s', async (_what, name, end) => {
    const body = `--end\r\nContent-Disposition: form-data; name="files"; ${name}\r\n\r\nHello.\r\n${end}`;
    const headers = { 'Content-Type': 'multipart/form-data; boundary=end' };
    const init = { method: 'POST', headers, body };
    const { detail } = await expectProblem('/v1/files', init, 400, 'INVALID_REQUEST');
    expect(detail).toContain('multipart/form-data');
  });

  it('reports the broken line of an import and takes the others', async () => {
    const lines = ['{"id":"a","text":"Apples are ripe."}', '{"id":"b","text":"Pears too."}', '{"id":"c",'];
    const response = await fetch(`${server.address}/v1/documents/import`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: [...lines, '{"id":"d","text":"Plums are not."}'].join('\n'),
    });
    expect(response.status).toBe(202);
    const job = await finished(server, ((await response.json()) as { job: Job }).job);
    expect(job.errors).toEqual([
      { item: 'line 3', code: 'INVALID_JSON', detail: expect.stringMatching(/\S/) },
    ]);
    expect(job).toMatchObject({ status: 'partial', counts: { created: 3, failed: 1 } });
  });

  it.each(REFUSED_QUERIES)('refuses a query that is %s', async (_what, query) => {
    const { errors } = await expectProblem('/v1/search', post({ query }), 400, 'INVALID_REQUEST');
    expect(errors).toEqual([{ path: 'query', message: expect.stringMatching(/\S/) }]);
  });

  it.each(REFUSED_QUERIES)('refuses a query in the address that is %s', async (_what, query) => {
    const path = `/v1/search?${new URLSearchParams({ q: query })}`;
    const { errors } = await expectProblem(path, {}, 400, 'INVALID_REQUEST');
    expect(errors).toEqual([{ path: 'query', message: expect.stringMatching(/\S/) }]);
  });

  it('takes a query that is as long as is allowed', async () => {
    const { status } = await send('/v1/search', post({ query: LONG_QUERY.slice(0, 8_000) }));
    expect(status).toBe(200);
  });

  it.each(PUNCTUATION)('finds nothing for only punctuation: %s', async (query) => {
    for (const mode of ['hybrid', 'semantic', 'keyword']) {
      const byPost = await call<Answer>(server, 'POST', '/v1/search', { query, mode });
      expect(byPost).toMatchObject({ status: 200, body: { hits: [], total: 0 } });
      const byGet = await call<Answer>(
        server,
        'GET',
        `/v1/search?${new URLSearchParams({ q: query, mode })}`,
      );
      expect(byGet).toMatchObject({ status: 200, body: { hits: [], total: 0 } });
    }
  });

  it('finds words although punctuation is around them', async () => {
    const query = '(ferry* AND storm" OR -';
    const { body } = await call<Answer>(server, 'POST', '/v1/search', { query, mode: 'keyword' });
    expect(body.hits.map(({ document }) => document.id)).toContain('ferry');
  });

  it.each<[string, string, RequestInit, number, string]>([
    ['an unknown address', '/v1/nothing', {}, 404, 'NOT_FOUND'],
    ['an unknown page', '/nothing.html', {}, 404, 'NOT_FOUND'],
    ['a wrong method', '/v1/search', { method: 'PATCH' }, 404, 'NOT_FOUND'],
    ['a wrongly encoded address', '/v1/documents/%E0%A4%A', {}, 400, 'INVALID_REQUEST'],
    ['malformed JSON', '/v1/search', post('{"query": "fer'), 400, 'INVALID_REQUEST'],
    ['a search without a body', '/v1/search', { method: 'POST' }, 400, 'INVALID_REQUEST'],
    ['a missing document', '/v1/documents/missing', {}, 404, 'DOCUMENT_NOT_FOUND'],
    ['passages of a missing document', '/v1/documents/missing/passages', {}, 404, 'DOCUMENT_NOT_FOUND'],
    ['what is related to a missing document', '/v1/documents/missing/related', {}, 404, 'DOCUMENT_NOT_FOUND'],
    [
      'the removal of a missing document',
      '/v1/documents/missing',
      { method: 'DELETE' },
      404,
      'DOCUMENT_NOT_FOUND',
    ],
    ['a missing job', '/v1/jobs/missing', {}, 404, 'JOB_NOT_FOUND'],
    [
      'an import that is not JSON Lines',
      '/v1/documents/import',
      post({ text: 'One.' }),
      415,
      'UNSUPPORTED_TYPE',
    ],
    [
      'a filter in an address that is no JSON',
      '/v1/search?q=ferry&filter=source',
      {},
      400,
      'INVALID_REQUEST',
    ],
    ['files without any', '/v1/files', { method: 'POST', body: new FormData() }, 400, 'INVALID_REQUEST'],
  ])('answers %s with a problem', async (_what, path, init, status, code) => {
    await expectProblem(path, init, status, code);
  });

  it.each<[string, string, unknown, string]>([
    [
      'an unknown field in a filter',
      '/v1/search',
      { query: 'x', filter: { colour: 'red' } },
      'filter.colour',
    ],
    [
      'an unknown operator in a filter',
      '/v1/search',
      { query: 'x', filter: { or: [{ source: { like: 'S' } }] } },
      'filter.or.0.source.like',
    ],
    [
      'a wrong date in a filter',
      '/v1/search',
      { query: 'x', filter: { publishedAt: { gte: 'May' } } },
      'filter.publishedAt.gte',
    ],
    ['a limit that is no number', '/v1/search', { query: 'x', limit: 'ten' }, 'limit'],
    ['a limit below zero', '/v1/search', { query: 'x', limit: -1 }, 'limit'],
    ['an unknown mode', '/v1/search', { query: 'x', mode: 'psychic' }, 'mode'],
    ['an empty text to find related ones of', '/v1/related', { text: ' ' }, 'text'],
    ['the wrong one of several documents', '/v1/documents', [{ text: 'Good.' }, { title: 'No text' }], '1'],
  ])('names the place of %s', async (_what, path, body, place) => {
    const { errors } = await expectProblem(path, post(body), 400, 'INVALID_REQUEST');
    expect(errors?.map((error) => error.path)).toEqual([expect.stringMatching(startsWith(place))]);
    expect(errors?.[0]?.message).toMatch(/\S/);
  });

  it('names an unknown key of a request', async () => {
    const { detail } = await expectProblem(
      '/v1/search',
      post({ query: 'x', top: 5 }),
      400,
      'INVALID_REQUEST',
    );
    expect(detail).toContain('top');
  });

  it('has not failed inside over any of this', async () => {
    expect(server.output.stderr).toBe('');
    expect((await call(server, 'GET', '/readyz')).status).toBe(200);
  });
});

describe('akin search', () => {
  const index = join(folder.path, 'searched');
  const search = (query: string): Promise<RunResult> => akin(['search', '--index', index, '--', query]);

  beforeAll(async () => {
    expect((await akin(['ingest', '--index', index, join(documents, 'ferry.txt')])).status).toBe(0);
  });

  it.each([
    ['empty', ''],
    ['100 KB long', LONG_QUERY],
  ])('takes a query that is %s for wrong usage', async (_what, query) => {
    const { status, stdout, stderr } = await search(query);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^akin: .*query.* \[INVALID_REQUEST\]\n$/);
  });

  it('finds nothing for only punctuation, and ends with status 3', async () => {
    const { status, stdout, stderr } = await search('?!… ("');
    expect(status).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toBe('Nothing found. --min-score 0 shows what comes nearest.\n');
  });
});

function startsWith(place: string): RegExp {
  return new RegExp(`^${place.replaceAll('.', '\\.')}(\\.|$)`);
}

type Program = ChildProcessByStdio<null, Readable, Readable>;

/** Starts `akin` as another user where root runs the tests, who may read everything. */
interface User {
  (args: string[]): Promise<RunResult>;
  start(args: string[]): Program;
}

function userWithoutPrivileges(home: string): User {
  const nobody = 65_534;
  const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  mkdirSync(home);
  if (identity.uid !== undefined) chownSync(home, nobody, nobody);
  chmodSync(folder.path, 0o755);
  // Root's own cache is closed to others; the bundled model is written anew in a second.
  const settings = identity.uid === undefined ? {} : { HOME: home, AKIN_MODELS: join(home, 'models') };
  const start = (args: string[]): Program =>
    spawn(process.execPath, [join(ROOT, 'dist', 'cli', 'main.js'), ...args], {
      ...identity,
      env: { ...process.env, ...settings, AKIN_INDEX: join(home, 'index') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const run = async (args: string[]): Promise<RunResult> => {
    const child = start(args);
    const closed = once(child, 'close');
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [status] = await closed;
    return { status, stdout, stderr };
  };
  return Object.assign(run, { start });
}

/** Starts a user's server and waits until it holds the index; gives what ends it. */
async function serveAs(user: User): Promise<() => Promise<unknown>> {
  const child = user.start(['serve', '--port', '0']);
  const closed = once(child, 'close');
  child.stderr.resume();
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (words) => String(words).includes('Akin serves') && resolve());
    child.once('exit', (status) => reject(new Error(`akin serve ended with ${status}`)));
  });
  return () => {
    child.kill();
    return closed;
  };
}

async function makeDocuments(into: string): Promise<void> {
  const write = (name: string, content: string | Uint8Array): void =>
    writeFileSync(join(into, name), content);
  const lighthouse =
    'The novelist Ida Brandt moves into the lighthouse in May and will live there for a year.';
  const pdf = await pdfOf(lighthouse);
  write('ferry.txt', 'The ferry turned back in the storm because a wave had broken its ramp.\n');
  write('lighthouse.pdf', pdf);
  write('empty.txt', '');
  write('blank.md', ' \n\t\n');
  write('program.txt', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...new Uint8Array(500)));
  write('broken-off.pdf', pdf.subarray(0, Math.floor(pdf.length / 3)));
  write('junk.pdf', '%PDF-1.7\nnothing of what a PDF must have follows\n'.repeat(40));
  write('password.pdf', await pdfOf(lighthouse, 'secret'));
  write('huge.txt', 'The beginning of a file that is too large.\n');
  truncateSync(join(into, 'huge.txt'), 200_000_000);
  write('latin1.txt', Buffer.from('Café de la gare, ouvert tous les jours.', 'latin1'));
  write('list.json', '[]');
  const news = [
    '{"id":"news-1","text":"Beekeepers lost half of their hives in the cold spring."}',
    '{"id":"news-2","text":"A new tram line shall run through the old town from June."}',
    '{"id":"news-3","text":"This line is broken',
    '{"id":"news-4","text":"The kitchen of the school cooks only with vegetables from its garden."}',
  ];
  write('news.jsonl', `${news.join('\n')}\n`);
  write('forbidden.txt', 'Nobody may read this.');
  chmodSync(join(into, 'forbidden.txt'), 0o000);
  mkdirSync(join(into, 'forbidden'));
  writeFileSync(join(into, 'forbidden', 'inside.txt'), 'Nobody may come in here.');
  chmodSync(join(into, 'forbidden'), 0o000);
}

async function pdfOf(words: string, userPassword?: string): Promise<Buffer> {
  const pdf = new PDFDocument(userPassword === undefined ? {} : { userPassword });
  pdf.fontSize(12).text(words);
  pdf.end();
  return buffer(pdf);
}
