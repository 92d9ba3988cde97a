import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/index.js';
import { call, finished } from '../e2e/process.js';
import { useApp } from '../support/app.js';

const server = useApp({
  settings: {
    allowedHosts: 'search.example',
    corsOrigins: 'https://news.example',
    public: 'read',
  },
});

/** A request with headers that `fetch` sets itself. */
async function send(
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  const sent = request(server.address + path, { method, headers });
  sent.end();
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe('a page of another site', () => {
  it.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
  ])('reads nothing by giving its name %s this address', async (host) => {
    for (const path of ['/', '/v1/stats', '/v1/search?q=x', '/openapi.json']) {
      const { status, body } = await send('GET', path, { Host: host });
      expect([path, status, JSON.parse(body).code]).toEqual([path, 403, 'HOST_NOT_ALLOWED']);
    }
  });

  it.each(['localhost', '[::1]:1', '127.0.0.1', 'search.example'])('is not who asks for %s', async (host) => {
    expect((await send('GET', '/v1/stats', { Host: host })).status).toBe(200);
  });

  it.each([
    'https://evil.example',
    'null',
    'http://localhost:1',
    'http://news.example',
  ])('is refused whatever it asks for from %s', async (origin) => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers, body } = await send(method, '/v1/documents', { Origin: origin });
      expect([method, status, JSON.parse(body).code]).toEqual([method, 403, 'ORIGIN_NOT_ALLOWED']);
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it("may use the server where its origin is set, and so may the server's own page", async () => {
    const origin = 'https://news.example';
    const before = await send('OPTIONS', '/v1/search', {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type',
    });
    expect(before.status).toBe(204);
    expect(before.headers).toMatchObject({ 'access-control-allow-origin': origin });
    expect(before.headers['access-control-allow-headers']).toContain('Authorization');
    const answer = await send('GET', '/v1/stats', { Origin: origin });
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    expect((await send('GET', '/v1/stats', { Origin: server.address })).status).toBe(200);
  });
});

it('each answer tells a browser to trust nothing else', async () => {
  for (const path of ['/', '/v1/stats', '/nothing']) {
    const { headers } = await send('GET', path, {});
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers).not.toHaveProperty('x-powered-by');
  }
});

describe('a client that takes its time', () => {
  // A limit that a test need not wait for.
  const patient = useApp({ settings: { clientTimeoutMs: 600 } });

  /** Sends words and waits until the server ends the connection; gives what it said. */
  async function saying(words: string): Promise<string> {
    const { hostname, port } = new URL(patient.address);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      answer += part;
    });
    // The end may come as a reset.
    socket.on('error', () => undefined);
    socket.write(words);
    await once(socket, 'close');
    return answer;
  }

  it('is cut off within the head of a request', async () => {
    expect(await saying('GET /v1/stats HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')).toMatch(
      /^HTTP\/1.1 408|^$/,
    );
  });

  it('is cut off where it says nothing', async () => {
    expect(await saying('')).toMatch(/^HTTP\/1.1 408|^$/);
  });

  it('is cut off when it pauses within a body', async () => {
    const before = (await call<{ jobs: Job[] }>(patient, 'GET', '/v1/jobs')).body.jobs;
    const head = 'Host: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: 5000';
    const said = await saying(`POST /v1/documents/import HTTP/1.1\r\n${head}\r\n\r\n{"text":"The beg`);
    expect(said).not.toContain('202');
    expect((await call<{ jobs: Job[] }>(patient, 'GET', '/v1/jobs')).body.jobs).toEqual(before);
  });

  it('may send a body for longer than it may pause', async () => {
    const encoder = new TextEncoder();
    let line = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 150));
        controller.enqueue(encoder.encode(`{"id":"slow-${line}","text":"Line ${line} of a slow import."}\n`));
        line += 1;
        if (line === 8) controller.close();
      },
    });
    const response = await fetch(`${patient.address}/v1/documents/import`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(202);
    const job = await finished(patient, ((await response.json()) as { job: Job }).job);
    expect(job).toMatchObject({ status: 'succeeded', counts: { created: 8 } });
  });
});

describe('more requests than are allowed', () => {
  const limited = useApp({ settings: { rateLimit: 3 } });
  const ask = (key: string): Promise<Response> =>
    fetch(`${limited.address}/v1/stats`, { headers: { Authorization: `Bearer ${key}` } });
  const statuses = async (key: string): Promise<number[]> => {
    const found: number[] = [];
    for (let count = 0; count < 4; count += 1) found.push((await ask(key)).status);
    return found;
  };

  it('are refused, for each key by itself', async () => {
    const [one, two] = [await limited.makeKey({ scope: 'read' }), await limited.makeKey({ scope: 'read' })];
    expect(await statuses(one)).toEqual([200, 200, 200, 429]);
    expect(await statuses('wrong')).toEqual([401, 401, 401, 429]);
    const refused = await ask(one);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect((await ask(two)).status).toBe(200);
  });

  it('are also those of a batch, query by query, and of a batch of messages', async () => {
    const post = async (path: string, body: unknown): Promise<Response> => {
      const key = await limited.makeKey({ scope: 'read' });
      const headers = {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
      };
      return fetch(limited.address + path, { method: 'POST', headers, body: JSON.stringify(body) });
    };
    const queries = (count: number) => ({ queries: Array.from({ length: count }, () => ({ query: 'x' })) });
    const messages = (count: number) =>
      Array.from({ length: count }, (_, id) => ({ jsonrpc: '2.0', id, method: 'tools/list' }));
    expect((await post('/v1/search/batch', queries(3))).status).toBe(200);
    const refused = await post('/v1/search/batch', queries(4));
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect((await post('/mcp', messages(3))).status).toBe(200);
    expect((await post('/mcp', messages(4))).status).toBe(429);
  });

  it('are not counted of the user who runs the server', { tags: ['folder'] }, async () => {
    expect(await statuses(limited.ownerKey)).toEqual([200, 200, 200, 200]);
  });
});
