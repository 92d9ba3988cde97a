import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ANYBODY } from '../../src/access/caller.js';
import type { Engine } from '../../src/engine.js';
import { SearchGate } from '../../src/http/search-gate.js';
import { searchRoutes } from '../../src/http/search-routes.js';
import { AnswerBudget } from '../../src/search/answer-budget.js';
import type { SearchInput } from '../../src/search/request.js';

const gate = new SearchGate({ maxSearches: 1, maxWaitingSearches: 10, searchWaitMs: 600_000 });

/** The searches that have begun, in their order, and what ends each. */
const begun: { query: string; end: (answer: unknown) => void }[] = [];
const engine = {
  search: ({ query }: SearchInput) => new Promise((end) => begun.push({ query, end })),
} as unknown as Engine;

let server: Server;

beforeAll(async () => {
  const app = express();
  app.use((_request, response, next) => {
    response.locals.caller = ANYBODY;
    response.locals.budget = new AnswerBudget(1_000_000);
    next();
  });
  app.use(
    express.json(),
    searchRoutes(() => engine, gate),
  );
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('a search passes between the queries of a batch', async () => {
  const batch = post('/search/batch', { queries: ['one', 'two', 'three'].map((query) => ({ query })) });
  await until(() => begun.length === 1);
  const single = post('/search', { query: 'single' });
  await until(() => gate.waiting === 1);
  for (let place = 0; place < 4; place += 1) {
    await until(() => begun.length === place + 1);
    begun[place]?.end({ answered: begun[place]?.query });
  }
  expect(begun.map(({ query }) => query)).toEqual(['one', 'single', 'two', 'three']);
  expect(await (await single).json()).toEqual({ answered: 'single' });
  const results = ['one', 'two', 'three'].map((answered) => ({ answered }));
  expect(await (await batch).json()).toEqual({ results });
});
