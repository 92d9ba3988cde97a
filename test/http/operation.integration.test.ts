import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../e2e/process.js';
import { useApp } from '../support/app.js';

const server = useApp({ settings: { logLevel: 'info', maxSearches: 2, maxWaitingSearches: 8 } });
let key: string;

interface Line {
  level: string;
  msg: string;
  [field: string]: unknown;
}

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.address + path, { headers: { Authorization: `Bearer ${key}`, ...headers } });

const send = (method: string, path: string, body: unknown): Promise<Response> =>
  fetch(server.address + path, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

const lines = (): Line[] => server.log as Line[];

/** The line that a request has left; it may come a moment after the answer. */
async function lineOf(requestId: string | null): Promise<Line> {
  for (;;) {
    const line = lines().find(({ msg, requestId: id }) => msg === 'request' && id === requestId);
    if (line) return line;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

beforeAll(async () => {
  key = await server.makeKey({ scope: 'write' });
  await get('/v1/stats');
});

describe('the log', () => {
  it('has a line for each request and each write, and nothing of what they say', async () => {
    const written = await send('POST', '/v1/documents', [
      { id: 'wordid', title: 'Wordtitle', text: 'The wordtext of a document.', source: 'Wordsource' },
      { text: 'Another one.' },
    ]);
    expect(written.status).toBe(201);
    await send('POST', '/v1/search', { query: 'wordquery', filter: { source: 'Wordsource' } });
    await get('/v1/search?q=wordquery');
    const found = await get('/v1/documents/wordid');
    const removed = await send('DELETE', '/v1/documents', { filter: { source: 'Wordsource' } });
    const wrong = await get('/v1/stats', { Authorization: 'Bearer akin_wordkey' });
    const [id] = key.split('_').slice(1);

    expect(await lineOf(found.headers.get('X-Request-Id'))).toMatchObject({
      level: 'info',
      method: 'GET',
      route: '/v1/documents/:id',
      status: 200,
      ms: expect.any(Number),
      bytes: expect.any(Number),
      key: id,
    });
    expect(await lineOf(wrong.headers.get('X-Request-Id'))).toMatchObject({ status: 401, key: null });
    await lineOf(removed.headers.get('X-Request-Id'));
    const audit = lines().filter(({ msg }) => msg === 'audit');
    expect(audit).toMatchObject([
      { deed: 'key made', id, scope: 'write', filtered: false },
      { deed: 'documents written', count: 2, key: id, requestId: written.headers.get('X-Request-Id') },
      { deed: 'documents removed', count: 1, key: id },
    ]);
    expect(JSON.stringify(server.log)).not.toMatch(/word/i);
    expect(JSON.stringify(server.log)).not.toContain(key);
  });

  it("takes a request's id from a proxy if it is one", async () => {
    const id = 'proxy-7f3a.1';
    expect((await get('/v1/stats', { 'X-Request-Id': id })).headers.get('X-Request-Id')).toBe(id);
    expect((await lineOf(id)).route).toBe('/v1/stats');
    for (const wrong of ['a b', '{"level":"error"}', 'x'.repeat(129)]) {
      const given = (await get('/v1/stats', { 'X-Request-Id': wrong })).headers.get('X-Request-Id');
      expect(given).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('the metrics', () => {
  const metric = (text: string, name: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    );

  it('count what was done and tell what there is', async () => {
    await send('POST', '/v1/documents', { id: 'counted', text: 'A document that is counted.' });
    const before = await (await get('/metrics')).text();
    await send('POST', '/v1/search/batch', { queries: [{ query: 'one' }, { query: 'two' }] });
    await get('/v1/documents/counted');
    await get('/v1/documents/none-such');
    const response = await get('/metrics');
    expect(response.headers.get('Content-Type')).toContain('text/plain');
    const after = await response.text();
    expect(metric(after, 'akin_searches_total')).toBe(metric(before, 'akin_searches_total') + 2);
    expect(metric(after, 'akin_passages_embedded_total')).toBeGreaterThan(0);
    const stats = (await (await get('/v1/stats')).json()) as Record<string, number>;
    expect(metric(after, 'akin_documents')).toBe(stats.documents);
    expect(metric(after, 'akin_vectors')).toBe(stats.vectors);
    expect(metric(after, 'akin_database_bytes')).toBeGreaterThan(0);
    expect(metric(after, 'akin_searches_waiting')).toBe(0);
    expect(metric(after, 'akin_jobs{status="queued"}')).toBe(0);
    expect(metric(after, 'nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(metric(after, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    const ofDocument = 'akin_http_request_duration_seconds_count{method="GET",route="/v1/documents/:id"';
    expect(after).toContain(`${ofDocument},status="200"}`);
    expect(after).toContain(`${ofDocument},status="404"}`);
    expect(after).not.toContain('none-such');
  });

  it('are for those who have a key, once there are keys', async () => {
    expect((await call(server, 'GET', '/readyz')).status).toBe(200);
    expect((await fetch(`${server.address}/metrics`)).status).toBe(401);
  });
});

it('64 requests at once are answered or told to come again', async () => {
  const queries = Array.from({ length: 20 }, (_, place) => ({
    query: `what is counted, the ${place}th time?`,
  }));
  const responses = await Promise.all(
    Array.from({ length: 64 }, () => send('POST', '/v1/search/batch', { queries })),
  );
  const statuses = responses.map(({ status }) => status);
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(statuses).toContain(200);
  for (const response of responses) {
    const body = await response.json();
    if (response.status === 200) continue;
    expect(body).toMatchObject({ code: 'BUSY' });
    expect(response.headers.get('Retry-After')).toBe('1');
  }
  expect((await send('POST', '/v1/search', { query: 'counted' })).status).toBe(200);
});
