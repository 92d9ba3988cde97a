import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job, SearchAnswer } from '../../src/index.js';
import { call, finished, temporaryFolder } from '../e2e/process.js';
import { useApp } from '../support/app.js';
import { makeBadFiles, REFUSED, TAKEN } from '../support/bad-files.js';

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  errors?: { path: string; message: string }[];
}

type Answer = Pick<SearchAnswer, 'hits' | 'total'>;

const LONG_QUERY = 'why did the ferry turn back? '.repeat(3_600).slice(0, 100_000);
const REFUSED_QUERIES = [
  ['empty', ''],
  ['blank', ' \t\n '],
  ['a little too long', LONG_QUERY.slice(0, 8_001)],
  ['100 KB long', LONG_QUERY],
] as const;
const PUNCTUATION = ['?', '!?…', '"', '* (', "';--", '👍🏽 — «»', '%%', '\\'];

const documents = temporaryFolder();

describe('a server', () => {
  const server = useApp();

  beforeAll(async () => {
    await makeBadFiles(documents.path);
    await call(server, 'POST', '/v1/documents', {
      id: 'ferry',
      text: 'The ferry turned back in the storm because waves had broken the ramp.',
    });
  });
  afterAll(() => {
    chmodSync(join(documents.path, 'forbidden'), 0o700);
    documents.remove();
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
      form.append('files', new Blob([readFileSync(join(documents.path, name))]), name);
    }
    const response = await fetch(`${server.address}/v1/files`, { method: 'POST', body: form });
    expect(response.status).toBe(202);
    const job = await finished(server, ((await response.json()) as { job: Job }).job);
    const expected = REFUSED.filter(([, item]) => item !== 'huge.txt');
    expect(job.errors).toEqual(
      expected.map(([, item, code, reason]) => ({ item, code, detail: expect.stringContaining(reason) })),
    );
    expect(job).toMatchObject({ status: 'partial', counts: { created: TAKEN.length } });
    for (const [id, query] of TAKEN) {
      const { body } = await call<Answer>(server, 'POST', '/v1/search', { query });
      expect([query, body.hits.slice(0, 2).map(({ document }) => document.id)]).toEqual([
        query,
        expect.arrayContaining([id]),
      ]);
    }
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

  it.each<[string, string, string]>([
    ['metadata nested 10,000 deep', `{"deep": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'nested deeper'],
    ['a number that lost digits', '{"serial": 9007199254740993}', 'as strings'],
    ['too much metadata', JSON.stringify({ notes: 'x'.repeat(64_000) }), 'may have 64000'],
  ])('refuses a document with %s, and says what the limit is', async (_what, metadata, said) => {
    const document = `{"id": "refused", "text": "A document.", "metadata": ${metadata}}`;
    const { errors } = await expectProblem('/v1/documents', post(document), 400, 'INVALID_DOCUMENT');
    expect(errors).toEqual([{ path: '0.metadata', message: expect.stringContaining(said) }]);
    const put = { ...post(document), method: 'PUT' };
    await expectProblem('/v1/documents/refused', put, 400, 'INVALID_DOCUMENT');
    const lines = { ...post(document), headers: { 'Content-Type': 'application/x-ndjson' } };
    const response = await fetch(`${server.address}/v1/documents/import`, lines);
    const { errors: ofJob } = await finished(server, ((await response.json()) as { job: Job }).job);
    expect(ofJob).toEqual([
      { item: 'line 1', code: 'INVALID_DOCUMENT', detail: expect.stringContaining(said) },
    ]);
  });

  it.each([
    ['/v1/search', 'POST'],
    ['/v1/search/batch', 'POST'],
    ['/v1/documents', 'POST'],
    ['/v1/documents/typed', 'PUT'],
    ['/v1/related', 'POST'],
    ['/v1/embeddings', 'POST'],
  ])('%s by %s names the type that it wants', async (path, method) => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/x-ndjson']) {
      const init = {
        method,
        headers: { 'Content-Type': type },
        body: '{"query": "ferry", "text": "Ferry."}',
      };
      const { detail } = await expectProblem(path, init, 415, 'UNSUPPORTED_TYPE');
      expect(detail).toMatch(new RegExp(`application/json, not ${type}`));
    }
  });

  it('takes a request without a body whatever its type', async () => {
    const headers = { 'Content-Type': 'text/plain' };
    const response = await fetch(`${server.address}/v1/documents/ferry`, { headers });
    expect(response.status).toBe(200);
    const init = { method: 'DELETE', headers, body: '' };
    await expectProblem('/v1/documents/missing', init, 404, 'DOCUMENT_NOT_FOUND');
  });

  it.each([
    ['/v1/documents/import', 'application/x-ndjson'],
    ['/v1/files', 'multipart/form-data; boundary=end'],
  ])('refuses a compressed body for %s', async (path, type) => {
    const headers = { 'Content-Type': type, 'Content-Encoding': 'gzip' };
    const body = gzipSync('{"id": "compressed", "text": "A document."}');
    const init = { method: 'POST', headers, body };
    const { detail } = await expectProblem(path, init, 415, 'UNSUPPORTED_TYPE');
    expect(detail).toMatch(/compressed.*gzip.*Send it without/);
  });

  it.each(['.', '..'])('refuses a document whose id is %s', async (id) => {
    const document = post({ id, text: 'A document.' });
    const { errors } = await expectProblem('/v1/documents', document, 400, 'INVALID_DOCUMENT');
    expect(errors).toEqual([{ path: '0.id', message: expect.stringContaining('address') }]);
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
    expect(server.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect((await call(server, 'GET', '/readyz')).status).toBe(200);
  });
});

function startsWith(place: string): RegExp {
  return new RegExp(`^${place.replaceAll('.', '\\.')}(\\.|$)`);
}
