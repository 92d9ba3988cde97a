import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FullDocument, RelatedAnswer, SearchAnswer } from '../../src/index.js';
import { type Article, newsArticles } from './news.js';
import { call, importInto, type RunningServer, startServer, temporaryFolder } from './process.js';

/** Every so many articles are copied in each way, and all are in the index. */
const STEP = 14;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
const sentencesOf = (text: string): string[] => Array.from(sentences.segment(text), ({ segment }) => segment);

/** A generator of numbers from 0 to 1 that gives the same each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
}

const SYNONYMS: Record<string, string> = {
  said: 'stated',
  has: 'holds',
  but: 'however',
  also: 'too',
  after: 'following',
  would: 'could',
  new: 'fresh',
  year: 'twelvemonth',
  people: 'persons',
  first: 'initial',
  last: 'final',
  two: 'a pair of',
  more: 'further',
  about: 'around',
  made: 'produced',
  get: 'obtain',
  take: 'seize',
  big: 'large',
  company: 'firm',
  firm: 'company',
  money: 'cash',
  way: 'manner',
  good: 'fine',
  show: 'display',
  told: 'informed',
  many: 'numerous',
  government: 'administration',
  country: 'nation',
  think: 'believe',
};

const CHANGES: Record<string, (text: string, next: () => number) => string> = {
  'a tenth of the sentences dropped': (text, next) =>
    sentencesOf(text)
      .filter(() => next() >= 0.1)
      .join(''),
  'a tenth of the words swapped': (text, next) =>
    text.replace(/[\p{L}\p{N}]+/gu, (word) =>
      next() < 0.1 ? (SYNONYMS[word.toLowerCase()] ?? `${word}-like`) : word,
    ),
  'a lead added': (text) =>
    `In a development that observers had long expected, this was reported today by our own staff and by the agencies. ${text}`,
  'the tail cut': (text, next) => {
    const all = sentencesOf(text);
    return all.slice(0, Math.max(1, Math.ceil(all.length * (0.5 + next() * 0.4)))).join('');
  },
};

describe('versions of news, by the real model', { tags: ['shared'] }, () => {
  const index = temporaryFolder();
  let server: RunningServer;
  let articles: Article[];

  beforeAll(async () => {
    articles = newsArticles().filter((_, place) => place % STEP === 0);
    server = await startServer(index.path);
    const next = random(7);
    const copies = articles.flatMap(({ id, title, text }) =>
      Object.entries(CHANGES).map(([change, apply]) => ({
        id: `${id}~${change}`,
        title,
        text: apply(text, next),
      })),
    );
    const lines = [...articles.map(({ id, title, text }) => ({ id, title, text })), ...copies];
    await importInto(lines, server);
  });
  afterAll(async () => {
    await server.stop();
    index.remove();
  });

  it('are found for at least 0.97 of the copies, and at least 0.99 of what is found is one', async () => {
    let [found, expected, right, all] = [0, 0, 0, 0];
    for (const { id } of articles) {
      const { versions } = (await call<FullDocument>(server, 'GET', `/v1/documents/${id}`)).body;
      const own = versions.filter((version) => version.id.startsWith(`${id}~`)).length;
      found += own;
      right += own;
      all += versions.length;
      expected += Object.keys(CHANGES).length;
    }
    console.log(`versions: recall ${(found / expected).toFixed(4)}, precision ${(right / all).toFixed(4)}`);
    expect(found / expected).toBeGreaterThanOrEqual(0.97);
    expect(right / all).toBeGreaterThanOrEqual(0.99);
  });

  it('are one hit of a search, and never related to one another', async () => {
    for (const { id, title } of articles.slice(0, 20)) {
      const { hits } = (
        await call<SearchAnswer>(server, 'POST', '/v1/search', { query: title, limit: 20, minScore: 0 })
      ).body;
      const copiesShown = hits.filter(({ document }) => document.id.split('~')[0] === id);
      expect(copiesShown).toHaveLength(1);
      const related = (await call<RelatedAnswer>(server, 'GET', `/v1/documents/${id}/related`)).body;
      expect(related.hits.filter(({ document }) => document.id.startsWith(id))).toEqual([]);
      expect(related.duplicates).toHaveLength(Object.keys(CHANGES).length);
    }
  });

  it('part again when a document is changed or removed', async () => {
    const [article] = articles;
    const copy = `${article?.id}~a lead added`;
    const path = `/v1/documents/${encodeURIComponent(copy)}`;
    const versionsOf = async (id: string): Promise<string[]> =>
      (await call<FullDocument>(server, 'GET', `/v1/documents/${id}`)).body.versions.map(
        (version) => version.id,
      );
    expect(await versionsOf(article?.id ?? '')).toContain(copy);
    await call(server, 'PUT', path, { text: 'A heron has settled on the weir below the paper mill.' });
    expect(await versionsOf(article?.id ?? '')).not.toContain(copy);
    expect((await call<FullDocument>(server, 'GET', path)).body.versions).toEqual([]);
  });
});
