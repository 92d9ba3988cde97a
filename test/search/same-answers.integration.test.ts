import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../e2e/process.js';
import { type App, type OpenIndex, openAt, openIndex, startApp } from '../support/app.js';

const QUESTIONS = [
  'Who pays for the new bridge?',
  'how farmers save water in a dry summer',
  '"school" budget -football',
  'energy',
];
const TEXT =
  'The council will vote on the price of electricity and on a new line for the trams before the winter.';

/** One request and its answer, without the time that it took. */
interface Exchange {
  request: string;
  answer: string;
}

async function exchange(server: Pick<App, 'address'>, path: string, body?: object): Promise<Exchange> {
  const json = { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const response = await fetch(server.address + path, body ? { method: 'POST', ...json } : {});
  expect(response.status, path).toBe(200);
  const answer = (await response.text()).replaceAll(/"processingTimeMs":[^,}]+/g, '"processingTimeMs":0');
  return { request: `${path} ${JSON.stringify(body ?? {})}`, answer };
}

/** What an index answers: searches in each mode, what every third document holds and is related to, stories. */
async function askAll(server: Pick<App, 'address'>): Promise<Exchange[]> {
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

/** The ids of documents in the order in which an answer names them. */
const idsIn = ({ request, answer }: Exchange): { request: string; ids: string[] } => {
  const ids: string[] = [];
  JSON.parse(answer, (key, value: unknown) => {
    if (key === 'id' && typeof value === 'string') ids.push(value);
    return value;
  });
  return { request, ids };
};

describe('the same index', () => {
  let opened: OpenIndex;
  let app: App;
  let first: Exchange[];
  beforeAll(async () => {
    opened = await openIndex({ corpus: true });
    app = await startApp(opened);
    first = await askAll(app);
  });
  afterAll(async () => {
    await app.stop();
    await opened.close();
  });

  /** Closes the index and opens it again. */
  async function reopen(): Promise<void> {
    await app.stop();
    await opened.engine.close();
    opened.engine = await openAt(opened.index);
    app = await startApp(opened);
  }

  it('gives the same answers, byte for byte but for the time, when it is asked again', async () => {
    expect(await askAll(app)).toEqual(first);
  });

  it('gives them after it was closed too, and whatever was asked before', async () => {
    await reopen();
    for (const { request, answer } of first.toReversed()) {
      const [path = '', body = '{}'] = request.split(/ (?=\{)/);
      const parsed = JSON.parse(body) as object;
      const again = await exchange(app, path, Object.keys(parsed).length > 0 ? parsed : undefined);
      expect(again).toEqual({ request, answer });
    }
  });

  it('made once more of the same documents, names the same documents in the same order', async () => {
    const fresh = await openIndex();
    expect(await fresh.engine.ingest([join(ROOT, 'corpus')])).toMatchObject({ status: 'succeeded' });
    const other = await startApp(fresh);
    try {
      expect((await askAll(other)).map(idsIn)).toEqual(first.map(idsIn));
    } finally {
      await other.stop();
      await fresh.close();
    }
  });
});
