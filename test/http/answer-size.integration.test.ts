import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../e2e/process.js';
import { useApp } from '../support/app.js';

const MOST_BYTES = 400_000;
const server = useApp({ settings: { maxAnswerBytes: MOST_BYTES } });

beforeAll(async () => {
  const documents = Array.from({ length: 20 }, (_, place) => ({
    id: `bee-${place}`,
    text: `Bees ${'abcdefghijklmnopqrst'[place]} fly over the ${place}th field in spring.`,
    metadata: { notes: 'x'.repeat(40_000) },
  }));
  expect((await call(server, 'POST', '/v1/documents', documents)).status).toBe(201);
});

const search = { query: 'bees', mode: 'keyword', limit: 5 };
const tooLarge = {
  status: 413,
  body: { code: 'ANSWER_TOO_LARGE', detail: expect.stringMatching(/400000 bytes.*lower limit/) },
};

describe('an answer that would be larger than one may be', () => {
  it.each<[string, string, string, unknown]>([
    ['a search', 'POST', '/v1/search', { ...search, limit: 20 }],
    ['a search by an address', 'GET', '/v1/search?q=bees&mode=keyword&limit=20', undefined],
    ['a list', 'GET', '/v1/documents?limit=20', undefined],
    ['related documents', 'GET', '/v1/documents/bee-1/related?limit=20&diversity=0', undefined],
    ['documents related to a text', 'POST', '/v1/related', { text: 'Bees fly over a field.', limit: 20 }],
    [
      'vectors as numbers',
      'POST',
      '/v1/embeddings',
      { input: Array.from({ length: 60 }, (_, n) => `Bee ${n}`) },
    ],
  ])('is refused: %s', async (_what, method, path, body) => {
    expect(await call(server, method, path, body)).toMatchObject(tooLarge);
  });

  it('of a batch is refused for each query that is too much, and the others are answered', async () => {
    const small = { query: 'bees', mode: 'keyword', limit: 1 };
    const queries = [...Array.from({ length: 98 }, () => search), small, small];
    const { status, body } = await call<{ results: object[] }>(server, 'POST', '/v1/search/batch', {
      queries,
    });
    expect(status).toBe(200);
    expect(body.results).toHaveLength(100);
    // The first has room.
    expect(body.results[0]).toHaveProperty('hits');
    for (const result of body.results.slice(1, 98)) {
      expect(result).toEqual({
        status: 413,
        code: 'ANSWER_TOO_LARGE',
        detail: expect.stringContaining('limit'),
      });
    }
    for (const result of body.results.slice(98)) expect(result).toMatchObject({ hits: [{ passages: [{}] }] });
  });

  it('is told to an agent too', async () => {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
    const params = { name: 'search', arguments: { query: 'bees', mode: 'keyword', limit: 20 } };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
    const response = await fetch(`${server.address}/mcp`, { method: 'POST', headers, body });
    const { result } = (await response.json()) as { result: { isError: boolean; content: unknown } };
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain('ANSWER_TOO_LARGE');
  });
});

it('what fits is answered, and a list goes on over many pages', async () => {
  expect((await call(server, 'POST', '/v1/search', search)).status).toBe(200);
  const ids: string[] = [];
  let cursor: string | null = '0';
  while (cursor !== null) {
    const path = `/v1/documents?limit=7&cursor=${cursor}`;
    const page: { documents: { id: string }[]; nextCursor: string | null } = (
      await call<{ documents: { id: string }[]; nextCursor: string | null }>(server, 'GET', path)
    ).body;
    ids.push(...page.documents.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(ids).toEqual(Array.from({ length: 20 }, (_, place) => `bee-${place}`));
});
