import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RelatedAnswer, StoryPage } from '../../src/index.js';
import { type Article, newsArticles } from './news.js';
import { call, importInto, type RunningServer, startServer, temporaryFolder } from './process.js';

const idsOf = ({ hits }: RelatedAnswer): string[] => hits.map(({ document }) => document.id);

describe('a third of the BBC news', { tags: ['shared'] }, () => {
  const folder = temporaryFolder();
  let news: RunningServer;
  let articles: Article[];

  beforeAll(async () => {
    articles = newsArticles().filter((_, place) => place % 3 === 1);
    news = await startServer(folder.path);
    await importInto(
      articles.map(({ id, title, text }) => ({ id, title, text })),
      news,
    );
  });
  afterAll(async () => {
    await news.stop();
    folder.remove();
  });

  /** How many of the first ten are filed under the same subject, on average. */
  async function purity(query: string): Promise<number> {
    const labels = new Map(articles.map(({ id, label }) => [id, label]));
    let sum = 0;
    for (const { id, label } of articles) {
      const path = `/v1/documents/${id}/related?limit=10${query}`;
      const ids = idsOf((await call<RelatedAnswer>(news, 'GET', path)).body);
      sum += ids.filter((other) => labels.get(other) === label).length / Math.max(1, ids.length);
    }
    return sum / articles.length;
  }

  it('relates articles on one subject', async () => {
    expect(await purity('&diversity=0')).toBeGreaterThanOrEqual(0.895);
    expect(await purity('')).toBeGreaterThanOrEqual(0.885);
  });

  it('shows no more than three of a story among ten', async () => {
    const { stories } = (await call<StoryPage>(news, 'GET', '/v1/stories?limit=1000')).body;
    const large = stories
      .map(({ documents }) => documents.map(({ id }) => id))
      .filter((ids) => ids.length > 3);
    expect(large.length).toBeGreaterThan(5);
    const counts: number[] = [];
    for (const ids of large) {
      for (const id of ids) {
        const { body } = await call<RelatedAnswer>(news, 'GET', `/v1/documents/${id}/related`);
        counts.push(idsOf(body).filter((other) => ids.includes(other)).length);
      }
    }
    expect(counts.filter((count) => count > 3).length / counts.length).toBeLessThanOrEqual(0.1);
  });
});
