import { beforeAll, describe, expect, it } from 'vitest';
import { type Settings, sharedIndex, startApp, useApp } from '../support/app.js';

describe('a server that goes by a name of its own', () => {
  const refused = (settings: Settings) => async () => startApp(await sharedIndex(), settings);

  it('does not start without a key, and says how it would', async () => {
    await expect(refused({ allowedHosts: 'localhost,search.example' })).rejects.toMatchObject({
      code: 'INVALID_SETTING',
      message: expect.stringMatching(/search\.example.*akin keys create.*AKIN_PUBLIC=read/),
    });
  });

  it('starts where the name is one of this machine', async () => {
    const app = await startApp(await sharedIndex(), { allowedHosts: 'localhost:8080,[::1]' });
    const document = { id: 'local', text: 'A document from this machine.' };
    const headers = { 'Content-Type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(document) };
    expect((await fetch(`${app.address}/v1/documents`, sent)).status).toBe(201);
    await app.stop();
  });
});

describe('a public server', () => {
  const server = useApp({ settings: { allowedHosts: 'search.example', public: 'read' } });
  let key: string;

  beforeAll(async () => {
    key = await server.makeKey({ scope: 'admin' });
  });

  async function ask(method: string, path: string, body?: unknown, held?: string): Promise<Response> {
    const headers = {
      'Content-Type': 'application/json',
      ...(held === undefined ? {} : { Authorization: `Bearer ${held}` }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(server.address + path, { method, headers, ...sent });
  }

  it.each<[string, string, unknown]>([
    ['POST', '/v1/search', { query: 'ferry' }],
    ['POST', '/v1/search/batch', { queries: [{ query: 'ferry' }] }],
    ['GET', '/v1/documents', undefined],
    ['GET', '/v1/stats', undefined],
  ])('answers %s %s without a key, and counts it', async (method, path, body) => {
    const response = await ask(method, path, body);
    expect(response.status).toBe(200);
    expect(response.headers.get('RateLimit-Policy')).toContain('q=600');
    expect((await ask(method, path, body, 'akin_wrong')).status).toBe(401);
  });

  it.each<[string, string, unknown]>([
    ['POST', '/v1/documents', { id: 'public', text: 'A document of a stranger.' }],
    ['DELETE', '/v1/documents', { filter: { id: 'public' } }],
    ['POST', '/v1/backups', undefined],
    ['GET', '/v1/jobs', undefined],
    ['GET', '/metrics', undefined],
  ])('asks for a key for %s %s', async (method, path, body) => {
    const response = await ask(method, path, body);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'UNAUTHORIZED' });
    const answered = await ask(method, path, body, key);
    await answered.arrayBuffer();
    expect(answered.ok).toBe(true);
  });
});

describe.each([
  [null, [200, 200, 429, 429]],
  ['1', [200, 200, 200, 200]],
  ['loopback', [200, 200, 200, 200]],
  ['10.0.0.1', [200, 200, 429, 429]],
])('with AKIN_TRUST_PROXY=%s', (trustProxy, expected) => {
  const server = useApp({ settings: { public: 'read', rateLimit: 2, trustProxy } });

  it('requests that a proxy sends for four clients are counted accordingly', async () => {
    const statuses: number[] = [];
    for (const client of ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']) {
      const headers = { 'X-Forwarded-For': client };
      statuses.push((await fetch(`${server.address}/v1/stats`, { headers })).status);
    }
    expect(statuses).toEqual(expected);
  });
});
