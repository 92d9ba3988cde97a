import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { createApp } from '../../src/http/server.js';
import { useKeys } from './use-keys.js';

const { server, keys, makeKeys, ask, mapDrawn } = useKeys();

it('a server without keys answers on loopback, also where a browser still sends an old key', async () => {
  for (const key of [null, 'an-old-one']) expect((await ask(key, 'GET', '/v1/stats')).status).toBe(200);
});

it('no request may name files of the machine without the key of the user who runs the server', async () => {
  for (const key of [null, 'x'.repeat(43)]) {
    const answer = await ask(key, 'POST', '/v1/jobs', { paths: ['/etc'] });
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } });
  }
});

describe('a server with keys', () => {
  beforeAll(makeKeys);

  it('answers no key that was changed, cut or made up', async () => {
    const key = keys.admin;
    const idOf = (text: string): string => text.split('_')[1] ?? '';
    const last = key.at(-2) === 'A' ? 'B' : 'A';
    const changed = `${key.slice(0, -2)}${last}${key.slice(-1)}`;
    const made = `akin_${'0'.repeat(12)}_${'A'.repeat(43)}`;
    const swapped = keys.read.replace(idOf(keys.read), idOf(key));
    for (const wrong of [null, changed, key.slice(0, -1), `${key}A`, made, swapped, 'x', key.toUpperCase()]) {
      const { status, headers, body } = await ask<{ code: string }>(wrong, 'GET', '/v1/stats');
      expect([wrong, status, body.code]).toEqual([wrong, 401, 'UNAUTHORIZED']);
      expect(headers.get('WWW-Authenticate')).toContain('Bearer');
    }
  });
});

/** For each route a request, what a key that may send it gets, and the least scope. */
const file = new FormData();
file.set('files', new Blob(['One more text of a file.']), 'more.txt');
const document = { id: 'z', text: 'A document that was written by a test.', source: 'Test' };
const ROUTES: [string, string, string, unknown, number, 'read' | 'write' | 'admin'][] = [
  ['POST /search', 'POST', '/search', { query: 'ferry' }, 200, 'read'],
  ['GET /search', 'GET', '/search?q=ferry', undefined, 200, 'read'],
  ['POST /search/batch', 'POST', '/search/batch', { queries: [{ query: 'ferry' }] }, 200, 'read'],
  ['GET /documents/:id/related', 'GET', '/documents/open-ferry/related', undefined, 200, 'read'],
  ['POST /related', 'POST', '/related', { text: 'The ferry was late.' }, 200, 'read'],
  ['POST /embeddings', 'POST', '/embeddings', { input: 'A ferry.' }, 200, 'read'],
  ['GET /facets', 'GET', '/facets', undefined, 200, 'read'],
  ['GET /documents', 'GET', '/documents', undefined, 200, 'read'],
  ['GET /documents/:id', 'GET', '/documents/open-ferry', undefined, 200, 'read'],
  ['GET /documents/:id/pages/:page', 'GET', '/documents/open-ferry/pages/1', undefined, 404, 'read'],
  ['GET /documents/:id/passages', 'GET', '/documents/open-ferry/passages', undefined, 200, 'read'],
  ['GET /documents/:id/location', 'GET', '/documents/open-ferry/location', undefined, 403, 'read'],
  ['GET /documents/:id/story', 'GET', '/documents/open-ferry/story', undefined, 200, 'read'],
  ['GET /stories', 'GET', '/stories', undefined, 200, 'read'],
  ['GET /map', 'GET', '/map', undefined, 200, 'read'],
  ['GET /stats', 'GET', '/stats', undefined, 200, 'read'],
  ['GET /jobs', 'GET', '/jobs', undefined, 200, 'read'],
  ['GET /jobs/:id', 'GET', '/jobs/missing', undefined, 404, 'read'],
  ['GET /jobs/:id/events', 'GET', '/jobs/missing/events', undefined, 404, 'read'],
  ['POST /documents', 'POST', '/documents', document, 201, 'write'],
  ['POST /documents/import', 'POST', '/documents/import', JSON.stringify(document), 202, 'write'],
  ['POST /files', 'POST', '/files', file, 202, 'write'],
  ['PUT /documents/:id', 'PUT', '/documents/z', document, 200, 'write'],
  ['DELETE /documents/:id', 'DELETE', '/documents/missing', undefined, 404, 'write'],
  ['DELETE /documents', 'DELETE', '/documents', { filter: { source: 'Nobody' } }, 200, 'write'],
  ['DELETE /jobs/:id', 'DELETE', '/jobs/missing', undefined, 404, 'write'],
  // Files of the server's machine are for the user who runs it alone.
  ['POST /jobs', 'POST', '/jobs', { paths: ['/'] }, 403, 'admin'],
  ['POST /backups', 'POST', '/backups', undefined, 200, 'admin'],
  ['POST /rebuild', 'POST', '/rebuild', undefined, 202, 'admin'],
  ['POST /compact', 'POST', '/compact', undefined, 202, 'admin'],
  ['POST /reembed', 'POST', '/reembed', { model: '/', dtype: 'int8' }, 403, 'admin'],
];

describe('every route', () => {
  // Its first answers say that it is being drawn.
  beforeAll(mapDrawn);

  it('is in the table below', () => {
    const app = createApp(
      () => {
        throw new Error('No request is sent.');
      },
      loadConfig({ flags: { index: server.index } }).config,
    );
    expect(ROUTES.map(([name]) => name).sort()).toEqual(routesOf(app.router.stack).sort());
  });

  it.each(ROUTES)('%s asks for its scope', async (_name, method, path, body, status, least) => {
    const expected = {
      nobody: 401,
      read: least === 'read' ? status : 403,
      write: least === 'admin' ? 403 : status,
      admin: status,
    };
    const found: Record<string, number> = {};
    for (const holder of Object.keys(expected)) {
      const key = holder === 'nobody' ? null : keys[holder as 'read'];
      found[holder] = (await ask(key, method, `/v1${path}`, body)).status;
    }
    expect(found).toEqual(expected);
  });

  it('leaves health and readiness open', async () => {
    expect((await ask(null, 'GET', '/healthz')).status).toBe(200);
    expect((await ask(null, 'GET', '/readyz')).status).toBe(200);
  });

  it('needs a key also where it is written otherwise', async () => {
    for (const path of ['/V1/Stats', '/v1/stats/', '/v1/search?q=x&q=y', '/v1/documents/open%2Dferry'])
      expect([path, (await ask(null, 'GET', path)).status]).toEqual([path, 401]);
    expect((await ask(keys.read, 'POST', '/V1/Documents/', document)).status).toBe(403);
  });
});

interface Layer {
  route?: { path: string; stack: { method: string }[] };
  handle: { stack?: Layer[] };
}

/** The routes of the API's routers, as `GET /search`. */
function routesOf(stack: unknown): string[] {
  const routers = (stack as Layer[]).flatMap(({ handle }) => handle.stack ?? []);
  return routers.flatMap(({ route }) => {
    const methods = new Set(route?.stack.map(({ method }) => method.toUpperCase()));
    return [...methods].map((method) => `${method} ${route?.path}`);
  });
}
