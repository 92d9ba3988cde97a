import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../../src/search/answer.js';
import { call, folderForTest, temporaryFolder } from '../e2e/process.js';
import { type App, type OpenIndex, openAt, openIndex, type Settings, startApp } from '../support/app.js';
import { type CrossEncoderShape, writeCrossEncoder } from '../support/cross-encoder-model.js';

const QUESTION = 'Who pays for the tidal power plant?';
const WORDS = { wanted: 'ferry', breaking: 'thunder' };

/** The further down, the less each has to do with the question; the last two have the reranker's word. */
const DOCUMENTS = [
  {
    id: 'fund',
    title: 'Tidal power plant',
    text: 'A state fund pays for the tidal power plant, with two pension funds.',
  },
  {
    id: 'cost',
    title: 'Power plant',
    text: 'The tidal power plant costs more than was planned; who pays is not said.',
  },
  {
    id: 'grid',
    title: 'Grid',
    text: 'The tidal plant brings power to the grid of the islands in the north.',
  },
  {
    id: 'pier',
    title: 'Pier',
    text: 'The tidal power plant stands beside the pier of the ferry to the islands.',
  },
  {
    id: 'boat',
    title: 'Boats',
    text: 'A power plant on board drives the ferry, and the city pays for it with a loan.',
  },
];

const { path, remove } = temporaryFolder();
afterAll(remove);
const index = join(path, 'index');
beforeAll(async () => {
  const engine = await openAt(index);
  await engine.addDocuments(DOCUMENTS);
  await engine.close();
});

/** An app on an index of its own, with the documents in it, and a cross-encoder where its shape is given. */
function appFor(name: string, shape: Partial<CrossEncoderShape> | null, settings: Settings = {}) {
  let opened: OpenIndex;
  let app: App;
  beforeAll(async () => {
    const reranker = shape && join(path, name);
    if (reranker) await writeCrossEncoder(reranker, { ...WORDS, ...shape });
    opened = await openIndex({ copyOf: index, settings: { rerankMs: 60_000, reranker, ...settings } });
    app = await startApp(opened);
  });
  afterAll(async () => {
    await app.stop();
    await opened.close();
  });
  const search = async (input: Record<string, unknown> = {}): Promise<SearchAnswer> => {
    const request = { query: QUESTION, minScore: 0, explain: true, ...input };
    const { status, body } = await call<SearchAnswer>(app, 'POST', '/v1/search', request);
    expect(status).toBe(200);
    return body;
  };
  return { search, app: () => app };
}

function idsOf({ hits }: SearchAnswer): string[] {
  return hits.map(({ document }) => document.id);
}

describe('without a reranker', () => {
  const { search, app } = appFor('plain', null);

  it('a search says nothing of one', async () => {
    const answer = await search();
    expect(idsOf(answer)).toHaveLength(DOCUMENTS.length);
    expect(answer).not.toHaveProperty('reranked');
    expect(answer.hits[0]?.explain).not.toHaveProperty('reranker');
  });

  it('a search that asks for one is told what to set', async () => {
    for (const [method, where, body] of [
      ['POST', '/v1/search', { query: QUESTION, rerank: true }],
      ['GET', `/v1/search?q=plant&rerank=true`, undefined],
    ] as const) {
      const answer = await call(app(), method, where, body);
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'NO_RERANKER', detail: expect.stringContaining('AKIN_RERANKER') },
      });
    }
    expect(idsOf(await search({ rerank: false }))).toHaveLength(DOCUMENTS.length);
  });
});

describe('with a cross-encoder', () => {
  const { search, app } = appFor('cross-encoder', {});

  it('the best hits are ordered as it and the first stage say, by scores that descend', async () => {
    const first = await search({ rerank: false });
    const answer = await search();
    expect(answer.reranked).toBe(DOCUMENTS.length);
    expect(['fund', 'cost']).toContain(idsOf(first)[0]);
    expect(idsOf(answer).slice(0, 2).sort()).toEqual(['boat', 'pier']);
    expect(idsOf(answer).sort()).toEqual(idsOf(first).sort());
    const scores = answer.hits.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const { score, document, explain } of answer.hits) {
      const before = first.hits.find((hit) => hit.document.id === document.id)?.score ?? 0;
      const given = 1 / (1 + Math.exp(['pier', 'boat'].includes(document.id) ? -4 : 4));
      expect(explain?.reranker).toBeCloseTo(given, 3);
      expect(score).toBeCloseTo((before + given) / 2, 3);
    }
  });

  it('an answer, which depends on the time too, is not one that a client may keep', async () => {
    const tagOf = async (path: string): Promise<string | null> =>
      (await call(app(), 'GET', path)).headers.get('ETag');
    expect(await tagOf('/v1/search?q=plant')).toBeNull();
    expect(await tagOf('/v1/documents/fund')).not.toBeNull();
  });

  it('the words of the query are not taken for those of a passage', async () => {
    const { hits } = await search({ query: `ferry ${QUESTION}` });
    expect(hits.find(({ document }) => document.id === 'fund')?.explain?.reranker).toBeLessThan(0.1);
  });

  it('a long query leaves room for the passages', async () => {
    const { hits } = await search({ query: `${QUESTION} `.repeat(100) });
    const given = new Map(hits.map(({ document, explain }) => [document.id, explain?.reranker]));
    expect(given.get('pier')).toBeGreaterThan(0.9);
    expect(given.get('fund')).toBeLessThan(0.1);
  });

  it('pages are cut from one order', async () => {
    const whole = await search();
    const pages = [];
    for (let offset = 0; offset < DOCUMENTS.length; offset++) pages.push(await search({ limit: 1, offset }));
    expect(pages.flatMap(({ hits }) => hits)).toEqual(whole.hits);
  });

  it('a search may leave it out, in a query string too', async () => {
    const { body } = await call<SearchAnswer>(
      app(),
      'GET',
      `/v1/search?q=${encodeURIComponent(QUESTION)}&minScore=0&explain=1&rerank=false`,
    );
    expect(body.hits).toEqual((await search({ rerank: false })).hits);
    expect(body).not.toHaveProperty('reranked');
  });

  it('one that fails leaves the first stage to answer, and a warning', async () => {
    const query = `thunder ${QUESTION}`;
    const warned = once(process, 'warning');
    const answer = await search({ query });
    expect(answer.reranked).toBe(0);
    expect(answer.hits).toEqual((await search({ query, rerank: false })).hits);
    expect(answer.hits.length).toBeGreaterThan(0);
    const [warning] = (await warned) as [Error];
    expect(warning.message).toContain('The reranker failed');
    expect((await search()).reranked).toBe(DOCUMENTS.length);
  });
});

describe('with one that has two classes and takes no token types', () => {
  const { search } = appFor(
    'two-classes',
    { classes: 2, tokenTypes: false, dtype: 'float32' },
    { rerankerDtype: 'float32' },
  );

  it('the last class decides', async () => {
    const answer = await search();
    expect(idsOf(answer).slice(0, 2).sort()).toEqual(['boat', 'pier']);
    expect(answer.hits[0]?.explain?.reranker).toBeCloseTo(1 / (1 + Math.exp(-4)), 3);
  });
});

describe('with one that takes longer than the time it is given', () => {
  const { search } = appFor('slow', { slow: true }, { rerankMs: 1 });

  it('the first stage answers', async () => {
    const answer = await search();
    expect(answer.reranked).toBe(0);
    expect(answer.hits).toEqual((await search({ rerank: false })).hits);
    expect(answer.hits).toHaveLength(DOCUMENTS.length);
  });
});

describe('a reranker that can not be used stops the start', () => {
  it.each<[string, (folder: string) => unknown, string]>([
    ['an empty folder', () => undefined, 'MODEL_INVALID'],
    [
      'a damaged graph',
      async (folder) => {
        await writeCrossEncoder(folder, WORDS);
        writeFileSync(join(folder, 'onnx', 'model_quantized.onnx'), 'no graph');
      },
      'MODEL_INVALID',
    ],
    ['three classes', async (folder) => writeCrossEncoder(folder, { ...WORDS, classes: 3 }), 'MODEL_INVALID'],
  ])('%s', async (_what, prepare, code) => {
    const folder = join(folderForTest(), 'model');
    mkdirSync(folder);
    await prepare(folder);
    const opening = openIndex({ settings: { reranker: folder } });
    await expect(opening).rejects.toMatchObject({ code, message: expect.stringContaining('AKIN_RERANKER') });
  });

  it('a name that is neither a folder nor on a hub', async () => {
    await expect(openIndex({ settings: { reranker: 'nowhere' } })).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining('AKIN_RERANKER'),
    });
  });
});
