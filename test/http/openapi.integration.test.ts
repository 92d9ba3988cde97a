import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { problem } from '../../src/http/openapi/answers/problem.js';
import { OPERATIONS } from '../../src/http/openapi/openapi-document.js';
import type { Operation } from '../../src/http/openapi/operation.js';
import { createApp } from '../../src/http/server.js';
import type { Job } from '../../src/index.js';
import { call, ROOT } from '../e2e/process.js';
import { useApp } from '../support/app.js';

const server = useApp({ corpus: true });
let document: { paths: Record<string, Record<string, { responses: object }>> };

beforeAll(async () => {
  document = (await call<typeof document>(server, 'GET', '/openapi.json')).body;
});

interface Layer {
  route?: { path: string; stack: { method?: string }[] };
  handle: { stack?: Layer[] };
}

/** What an express app answers, as `GET /v1/search`. */
function routesOf(stack: Layer[], base = ''): string[] {
  return stack.flatMap(({ route, handle }) => {
    // Agents' protocol has a description of its own.
    if (route?.path === '/mcp') return [];
    if (!route) return routesOf(handle.stack ?? [], '/v1');
    // What is for any method refuses those that no other route takes.
    const methods = new Set(route.stack.flatMap(({ method }) => method?.toUpperCase() ?? []));
    return [...methods].map((method) => `${method} ${base}${route.path}`);
  });
}

/** Sends the example of an operation. */
async function send({ method, path, body, example }: Operation): Promise<Response> {
  const values = { ...example?.path };
  if (values.id === 'JOB') {
    const { jobs } = (await call<{ jobs: Job[] }>(server, 'GET', '/v1/jobs')).body;
    values.id = jobs[0]?.id ?? '';
  }
  const filled = path.replace(/:(\w+)/g, (_part, name: string) => encodeURIComponent(values[name] ?? ''));
  const query = example?.query ? `?${new URLSearchParams(example.query)}` : '';
  // Two routes are for the user who runs the server alone.
  const headers = new Headers({
    Authorization: `Bearer ${server.ownerKey}`,
  });
  if (!body) return fetch(server.address + filled + query, { method, headers });
  if (body.type === 'multipart/form-data') {
    const form = new FormData();
    form.set('files', new Blob([readFileSync(join(ROOT, 'corpus/energy/tidal-gate-opens.md'))]), 'file.md');
    return fetch(server.address + filled, { method, headers, body: form });
  }
  headers.set('Content-Type', body.type);
  const sent = typeof body.example === 'string' ? body.example : JSON.stringify(body.example);
  return fetch(server.address + filled + query, { method, headers, body: sent });
}

describe('/openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(document)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('has every route of the server, and no other', () => {
    const app = createApp(
      () => {
        throw new Error('No request is sent.');
      },
      loadConfig({ flags: { index: server.index } }).config,
    );
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(described.sort()).toEqual(routesOf(app.router.stack as unknown as Layer[]).sort());
  });

  it('has a name for each operation', () => {
    const names = OPERATIONS.map(({ id }) => id);
    expect(names).toEqual([...new Set(names)]);
  });
});

describe('the example of', () => {
  it.each(
    OPERATIONS.map((operation) => [`${operation.method} ${operation.path}`, operation] as const),
  )('%s works, and its answer is as it is described', async (_name, operation) => {
    const response = await send(operation);
    const answer = operation.answers[response.status];
    const text = await response.text();
    expect(answer, `${response.status} ${text.slice(0, 500)}`).toBeDefined();
    const { content } = answer ?? {};
    if (!content) {
      expect(text).toBe('');
      return;
    }
    expect(response.headers.get('Content-Type')).toContain(content.type);
    expect(text.length).toBeGreaterThan(0);
    if (!('schema' in content) || !('name' in content)) return;
    // Strict: a field that the schema does not know is a failure.
    const { error } = content.schema.safeParse(JSON.parse(text));
    expect(error?.issues).toBeUndefined();
    if (operation.tag === 'Search') expect(text).toMatch(/"(hits|results|data)":\[\{/);
  });
});

describe('a problem is as it is described', () => {
  it.each([
    ['GET', '/v1/documents/missing', undefined, 404],
    ['GET', '/v1/jobs/missing', undefined, 404],
    ['GET', '/v1/nothing', undefined, 404],
    ['POST', '/v1/search', { query: '', colour: 'red' }, 400],
    ['POST', '/v1/documents', [{ id: 'x' }], 400],
    ['POST', '/v1/documents/import', {}, 415],
    ['POST', '/v1/embeddings', { input: [] }, 400],
    ['POST', '/v1/jobs', { paths: ['/'] }, 401],
  ])('%s %s', async (method, path, body, status) => {
    const { status: found, headers, body: answer } = await call<unknown>(server, method, path, body);
    expect(found).toBe(status);
    expect(headers.get('Content-Type')).toContain('application/problem+json');
    expect(problem.safeParse(answer).error?.issues).toBeUndefined();
  });
});
