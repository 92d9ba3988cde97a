import { expect } from 'vitest';
import type { App } from '../support/app.js';

const QUESTIONS = [
  'Who pays for the new bridge?',
  'how farmers save water in a dry summer',
  '"school" budget -football',
  'energy',
];
const TEXT =
  'The council will vote on the price of electricity and on a new line for the trams before the winter.';

/** One request and its answer, without the time that it took. */
export interface Exchange {
  request: string;
  answer: string;
}

export async function exchange(server: Pick<App, 'address'>, path: string, body?: object): Promise<Exchange> {
  const json = { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const response = await fetch(server.address + path, body ? { method: 'POST', ...json } : {});
  expect(response.status, path).toBe(200);
  const answer = (await response.text()).replaceAll(/"processingTimeMs":[^,}]+/g, '"processingTimeMs":0');
  return { request: `${path} ${JSON.stringify(body ?? {})}`, answer };
}

/** What an index answers: searches in each mode, what every third document holds and is related to, stories. */
export async function askAll(server: Pick<App, 'address'>): Promise<Exchange[]> {
  const list = await exchange(server, '/v1/documents?limit=1000');
  const { documents } = JSON.parse(list.answer) as { documents: { id: string }[] };
  expect(documents.length).toBeGreaterThan(40);
  const exchanges = [list, await exchange(server, '/v1/stories?limit=100')];
  for (const query of QUESTIONS) {
    for (const mode of ['hybrid', 'semantic', 'keyword']) {
      const request = { query, mode, minScore: 0, explain: true, limit: 20, facets: ['source', 'tags'] };
      exchanges.push(await exchange(server, '/v1/search', request));
    }
    exchanges.push(await exchange(server, '/v1/search', { query }));
  }
  for (const { id } of documents.filter((_, place) => place % 3 === 0)) {
    const path = `/v1/documents/${encodeURIComponent(id)}`;
    for (const part of ['', '/passages', '/story', '/related', '/related?diversity=0&recency=0.5&limit=30'])
      exchanges.push(await exchange(server, path + part));
  }
  exchanges.push(await exchange(server, '/v1/related', { text: TEXT }));
  return exchanges;
}
