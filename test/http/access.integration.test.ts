import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { createApp } from '../../src/http/server.js';
import type { DrawnMap, FullDocument, RelatedAnswer, SearchAnswer, Story } from '../../src/index.js';
import { useApp } from '../support/app.js';

const server = useApp();
const keys: Record<'read' | 'write' | 'admin' | 'desk', string> = {} as never;

/** One request with a key, or without; what is no text is sent as JSON. */
async function ask<Answer>(
  key: string | null,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; headers: Headers; body: Answer }> {
  const headers = new Headers(key === null ? {} : { Authorization: `Bearer ${key}` });
  if (typeof body === 'string') headers.set('Content-Type', 'application/x-ndjson');
  else if (body !== undefined && !(body instanceof FormData)) headers.set('Content-Type', 'application/json');
  const sent =
    body === undefined || typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body);
  const init = sent === undefined ? { method, headers } : { method, headers, body: sent };
  const response = await fetch(server.address + path, init);
  const text = await response.text();
  const isJson = response.headers.get('Content-Type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : text) as Answer,
  };
}

/** Waits until the map is there. */
async function mapDrawn(): Promise<void> {
  while ((await ask(keys.read, 'GET', '/v1/map')).status === 202) await setTimeout(100);
}

const STORY = 'The ferry to Sandholm turned back in the storm because a wave had broken its ramp';
const DOCUMENTS = [
  {
    id: 'open-ferry',
    title: 'Ferry to Sandholm turns back',
    source: 'Desk',
    url: 'https://news.test/ferry',
    publishedAt: '2025-05-01',
    text: `${STORY}. Nobody was hurt, and the passengers slept in the school of the harbour town.`,
    metadata: {
      related_links: [
        { title: 'Ramp was never checked', url: 'https://news.test/ramp' },
        { title: 'Ferry to Sandholm sails again', url: 'https://news.test/again' },
      ],
    },
  },
  {
    id: 'open-again',
    title: 'Ferry to Sandholm sails again',
    source: 'Desk',
    url: 'https://news.test/again',
    publishedAt: '2025-05-03',
    text: 'The Sandholm ferry, which had to turn back in the storm when a wave broke its ramp, sails again. Its ramp was welded.',
  },
  {
    id: 'hidden-ramp',
    title: 'Ramp was never checked',
    source: 'Board',
    url: 'https://news.test/ramp',
    publishedAt: '2025-05-02',
    text: 'The ramp of the Sandholm ferry, which a wave broke in the storm so that it turned back, was never checked, says a secret memo.',
  },
  {
    id: 'hidden-copy',
    title: 'Ferry turns back (draft)',
    source: 'Board',
    publishedAt: '2025-05-01',
    text: `${STORY}. Nobody was hurt, and the passengers slept in the school of the harbour town. Draft.`,
  },
];

beforeAll(async () => {
  expect((await ask(null, 'POST', '/v1/documents', DOCUMENTS)).status).toBe(201);
});

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
  beforeAll(async () => {
    keys.read = await server.makeKey({ scope: 'read', name: 'page' });
    keys.write = await server.makeKey({ scope: 'write' });
    keys.admin = await server.makeKey({ scope: 'admin' });
    keys.desk = await server.makeKey({ scope: 'read', filter: { source: 'Desk' } });
  });

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

describe('a key with a filter', () => {
  const desk = <Answer>(method: string, path: string, body?: unknown) =>
    ask<Answer>(keys.desk, method, `/v1${path}`, body);

  it('finds what there is for others', async () => {
    const { body } = await ask<SearchAnswer>(keys.read, 'POST', '/v1/search', {
      query: 'ferry ramp broken by a wave',
      minScore: 0,
    });
    const found = body.hits.flatMap(({ document: { id }, duplicates }) => [
      id,
      ...duplicates.map((one) => one.id),
    ]);
    expect(found).toEqual(expect.arrayContaining(['open-ferry', 'open-again', 'hidden-ramp', 'hidden-copy']));
    const full = await ask<FullDocument>(keys.read, 'GET', '/v1/documents/open-ferry');
    const { body: of } = await ask<{ story: Story }>(keys.read, 'GET', '/v1/documents/open-ferry/story');
    expect(of.story).toMatchObject({ id: 'hidden-copy', title: 'Ferry turns back (draft)' });
    expect(full.body.versions.map(({ id }) => id)).toEqual(['hidden-copy']);
    expect(full.body.metadata.related_links).toMatchObject([
      { document: 'hidden-ramp' },
      { document: 'open-again' },
    ]);
  });

  const search = { query: 'ferry ramp broken by a wave', minScore: 0, facets: ['source'], limit: 50 };
  it.each<[string, string, string, unknown]>([
    ['a search', 'POST', '/search', search],
    ['a search for all else', 'POST', '/search', { ...search, filter: { not: { source: 'Desk' } } }],
    ['a search for either', 'POST', '/search', { ...search, filter: { or: [{ source: 'Board' }, {}] } }],
    ['a search by words', 'POST', '/search', { ...search, mode: 'keyword', query: '"secret memo"' }],
    ['a search in the address', 'GET', '/search?q=secret+memo&minScore=0&facets=source', undefined],
    ['a batch', 'POST', '/search/batch', { queries: [search, { ...search, mode: 'semantic' }] }],
    ['what is related', 'GET', '/documents/open-ferry/related?limit=50', undefined],
    ['what is related to a text', 'POST', '/related', { text: DOCUMENTS[3]?.text, limit: 50 }],
    ['the list', 'GET', '/documents?limit=100', undefined],
    ['the list of the others', 'GET', '/documents?filter={"source":"Board"}', undefined],
    ['a document with its versions and links', 'GET', '/documents/open-ferry', undefined],
    ['its passages', 'GET', '/documents/open-ferry/passages', undefined],
    ['its story', 'GET', '/documents/open-ferry/story', undefined],
    ['the stories', 'GET', '/stories', undefined],
    ['the map', 'GET', '/map', undefined],
    ['the values of the fields', 'GET', '/facets', undefined],
    ['what the index holds', 'GET', '/stats', undefined],
  ])('names no document outside in %s', async (_what, method, path, body) => {
    const { status, body: answer } = await desk<unknown>(method, path, body);
    expect(status).toBe(200);
    const text = JSON.stringify({ ...(answer as object), query: '' });
    expect(text).not.toMatch(/hidden|Board|memo is|never checked, says|\(draft\)/);
  });

  it('still finds all that it lets through', async () => {
    const { body } = await desk<SearchAnswer>('POST', '/search', search);
    expect(body.hits.map(({ document: { id } }) => id).sort()).toEqual(['open-again', 'open-ferry']);
    expect(body.facets).toEqual({ source: { Desk: 2 } });
    const related = await desk<RelatedAnswer>('GET', '/documents/open-ferry/related');
    expect(related.body.hits.map(({ document: { id } }) => id)).toEqual(['open-again']);
    const { documents, clusters } = (await desk<DrawnMap>('GET', '/map')).body;
    expect(documents).toMatchObject({ id: ['open-again', 'open-ferry'], source: [0, 0] });
    expect(clusters.reduce((sum, cluster) => sum + cluster.documents, 0)).toBe(2);
    expect((await desk('GET', '/stats')).body).toMatchObject({ documents: 2, passages: 2, vectors: 2 });
    const { story } = (await desk<{ story: Story }>('GET', '/documents/open-ferry/story')).body;
    expect(story).toMatchObject({ id: 'open-ferry', title: 'Ferry to Sandholm turns back' });
    expect((await desk('GET', '/stories')).body).toMatchObject({ stories: [story] });
    const { metadata } = (await desk<FullDocument>('GET', '/documents/open-ferry')).body;
    expect(metadata.related_links).toMatchObject([{ document: null }, { document: 'open-again' }]);
  });

  it('is not shown what is hidden while it searches', async () => {
    const open = { id: 'flips', source: 'Desk', text: 'The ramp of the ferry was welded in the storm.' };
    const hidden = {
      ...open,
      source: 'Board',
      text: 'The memo is about the ramp of the ferry in the storm.',
    };
    let flipping = true;
    const flips = (async () => {
      for (let flip = 0; flip < 20; flip++)
        await ask(keys.write, 'POST', '/v1/documents', [flip % 2 === 0 ? open : hidden]);
      flipping = false;
    })();
    let answers = 0;
    while (flipping) {
      const { body } = await desk<SearchAnswer>('POST', '/search', search);
      expect(JSON.stringify({ ...body, query: '' })).not.toMatch(/Board|memo is/);
      answers += 1;
    }
    await flips;
    expect(answers).toBeGreaterThan(5);
    expect((await ask(keys.write, 'DELETE', '/v1/documents/flips')).status).toBe(204);
  });

  it.each([
    '/documents/hidden-ramp',
    '/documents/hidden-ramp/passages',
    '/documents/hidden-ramp/pages/1',
    '/documents/hidden-ramp/related',
    '/documents/hidden-ramp/story',
  ])('answers %s as if there were none', async (path) => {
    const missing = await desk<{ detail: string }>('GET', path.replace('hidden-ramp', 'missing'));
    const hidden = await desk<{ detail: string }>('GET', path);
    expect(hidden).toMatchObject({ status: 404, body: { code: 'DOCUMENT_NOT_FOUND' } });
    expect(hidden.body.detail).toBe(missing.body.detail.replace('missing', 'hidden-ramp'));
  });

  it('gets nothing of the index as a whole, and names its own place in a wrong filter', async () => {
    for (const path of ['/jobs', '/jobs/x', '/jobs/x/events'])
      expect(await desk('GET', path)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect((await ask(keys.desk, 'GET', '/metrics')).status).toBe(403);
    const { body } = await desk<{ errors: { path: string }[] }>('POST', '/search', {
      query: 'x',
      filter: { colour: 'red' },
    });
    expect(body.errors).toMatchObject([{ path: 'filter.colour' }]);
  });
});
