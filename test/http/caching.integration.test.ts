import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../e2e/process.js';
import { openAt, openIndex, startApp, useApp } from '../support/app.js';

const server = useApp();

const PARAGRAPH = 'The ferry to Sandholm turned back in the storm because a wave had broken its ramp. ';
const DOCUMENTS = ['one', 'two', 'three'].map((id, place) => ({
  id,
  title: `Ferry ${id}`,
  source: place === 0 ? 'Desk' : 'Board',
  publishedAt: `2025-05-0${place + 1}`,
  text: `${PARAGRAPH.repeat(12)} Report ${id} adds that ${id} passengers slept in a school.`,
}));

beforeAll(async () => {
  expect((await call(server, 'POST', '/v1/documents', DOCUMENTS)).status).toBe(201);
});

/** A request as it goes over the wire: nothing is unpacked. */
async function send(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  const sent = request(server.address + path, { method, headers });
  sent.end();
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

describe('compression', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('sends text as %s to those who take it', async (encoding, unpack) => {
    for (const path of ['/v1/documents/one', '/openapi.json', '/', '/docs/', '/style.css']) {
      const [plain, packed] = [await send(path), await send(path, { 'Accept-Encoding': encoding })];
      expect([path, plain.headers['content-encoding']]).toEqual([path, undefined]);
      if (plain.body.length < 1_024) continue;
      expect([path, packed.headers['content-encoding']]).toEqual([path, encoding]);
      expect(packed.headers.vary).toMatch(/Accept-Encoding/);
      expect(packed.body.length).toBeLessThan(plain.body.length / 2);
      expect(unpack(packed.body).equals(plain.body)).toBe(true);
    }
  });

  it('leaves events and backups as they are', async () => {
    const { body } = await call<{ job: { id: string } }>(server, 'POST', '/v1/rebuild');
    const packing = { 'Accept-Encoding': 'br, gzip' };
    const events = await send(`/v1/jobs/${body.job.id}/events`, packing);
    expect(events.headers['content-type']).toContain('text/event-stream');
    expect(events.headers['content-encoding']).toBeUndefined();
    const backup = await send('/v1/backups', packing, 'POST');
    expect(backup.headers['content-encoding']).toBeUndefined();
    expect(Number(backup.headers['content-length'])).toBe(backup.body.length);
  });
});

const TAGGED = [
  '/v1/search?q=ferry&facets=source',
  '/v1/documents?limit=2',
  '/v1/documents/one',
  '/v1/documents/one/passages',
  '/v1/documents/one/related?limit=2',
  '/v1/documents/one/story',
  '/v1/stories',
];

async function searches(): Promise<number> {
  return Number(/^akin_searches_total (\d+)$/m.exec((await send('/metrics')).body.toString())?.[1]);
}

describe('an answer that a client has', () => {
  it.each(TAGGED)('%s is not sent again, nor looked for, until the index changes', async (path) => {
    const first = await send(path);
    expect(first.status).toBe(200);
    const { etag = '', 'cache-control': control, vary } = first.headers;
    expect([control, etag]).toEqual(['private, no-cache', expect.stringMatching(/^W\/"[\w-]{22}"$/)]);
    expect(vary).toMatch(/Authorization/);
    const before = await searches();
    const again = await send(path, { 'If-None-Match': etag, 'Accept-Encoding': 'gzip' });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag]);
    expect(await searches()).toBe(before);
    expect((await send(path, { 'If-None-Match': etag, 'Cache-Control': 'no-cache' })).status).toBe(200);

    const changed = { ...DOCUMENTS[1], text: `${PARAGRAPH} Changed for ${path}.` };
    expect((await call(server, 'PUT', '/v1/documents/two', changed)).status).toBe(200);
    const later = await send(path, { 'If-None-Match': etag });
    expect(later.status).toBe(200);
    expect(later.headers.etag).not.toBe(etag);
  });

  it('counts under its own route', async () => {
    const { etag = '' } = (await send('/v1/documents/one')).headers;
    const counted = async (): Promise<number> => {
      const text = (await send('/metrics')).body.toString();
      const line = /_count\{method="GET",route="\/v1\/documents\/:id",status="304"\} (\d+)/.exec(text);
      return Number(line?.[1] ?? 0);
    };
    const before = await counted();
    expect((await send('/v1/documents/one', { 'If-None-Match': etag })).status).toBe(304);
    expect(await counted()).toBe(before + 1);
  });

  it('has a tag of its own for each address, and none where it is a failure', async () => {
    const tags = await Promise.all(TAGGED.map(async (path) => (await send(path)).headers.etag));
    expect(new Set(tags).size).toBe(TAGGED.length);
    const { etag = '' } = (await send('/v1/documents/one')).headers;
    expect((await send('/v1/documents/two', { 'If-None-Match': etag })).status).toBe(200);
    const missing = await send('/v1/documents/missing', { 'If-None-Match': etag });
    expect(missing).toMatchObject({ status: 404, headers: { 'cache-control': 'no-store' } });
    expect(missing.headers).not.toHaveProperty('etag');
    expect((await send('/v1/documents/missing', { 'If-None-Match': '*' })).status).toBe(404);
  });

  it('is asked for in vain after a restart', async () => {
    const opened = await openIndex();
    const statusAndTag = async (tag?: string): Promise<[status: number, tag: string]> => {
      const app = await startApp(opened);
      const response = await fetch(
        `${app.address}/v1/stories`,
        tag ? { headers: { 'If-None-Match': tag } } : {},
      );
      await app.stop();
      return [response.status, response.headers.get('ETag') ?? ''];
    };
    const [, tag] = await statusAndTag();
    expect(tag).not.toBe('');
    await opened.engine.close();
    opened.engine = await openAt(opened.index);
    expect((await statusAndTag(tag))[0]).toBe(200);
    await opened.close();
  });

  it('counts for those alone who see the same documents', async () => {
    const headersFor = async (filter: unknown = null): Promise<Record<string, string>> => ({
      Authorization: `Bearer ${await server.makeKey({ scope: 'read', filter })}`,
    });
    const [all, desk] = [await headersFor(), await headersFor({ source: 'Desk' })];
    const { etag = '' } = (await send('/v1/stories', all)).headers;
    expect((await send('/v1/stories', { ...all, 'If-None-Match': etag })).status).toBe(304);
    expect((await send('/v1/stories', { ...desk, 'If-None-Match': etag })).status).toBe(200);
    expect((await send('/v1/stories', { 'If-None-Match': etag })).status).toBe(401);
  });

  it('need not be sent again where it is a file of the page or the description', async () => {
    for (const path of ['/', '/style.css', '/docs/swagger-ui-bundle.js', '/openapi.json']) {
      const { etag = '', 'cache-control': control = '' } = (await send(path)).headers;
      expect([path, control]).toEqual([path, expect.stringContaining('no-cache')]);
      expect([path, (await send(path, { 'If-None-Match': etag })).status]).toEqual([path, 304]);
    }
  });
});
