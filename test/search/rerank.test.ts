import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reranker } from '../../src/embedding/reranker.js';
import { AkinError } from '../../src/errors.js';
import { mergeScores, rerank, rerankerFor } from '../../src/search/rerank.js';

const score = fc.double({ min: 0, max: 1, noNaN: true });

/** A ranking as the first stage gives it, and what a reranker gave to as many of its first as it came to. */
const reading = fc.uniqueArray(score, { maxLength: 30 }).chain((found) => {
  const groups = found
    .map((value) => Number(value.toFixed(4)))
    .sort((a, b) => b - a)
    .map((value, document) => ({ document, score: value, duplicates: [] as number[] }));
  return fc.record({
    groups: fc.constant(groups),
    scores: fc.array(score, { maxLength: groups.length }),
    minScore: fc.constant(groups.at(-1)?.score ?? 0),
  });
});

describe('mergeScores', () => {
  it('keeps each document once, and what was not read in its place with its score', () => {
    fc.assert(
      fc.property(reading, ({ groups, scores, minScore }) => {
        const merged = mergeScores(groups, scores, minScore);
        expect(merged.map(({ document }) => document).sort((a, b) => a - b)).toEqual(
          groups.map(({ document }) => document),
        );
        expect(merged.slice(scores.length)).toEqual(groups.slice(scores.length));
      }),
    );
  });

  it('gives scores in minScore..1 that descend', () => {
    fc.assert(
      fc.property(reading, ({ groups, scores, minScore }) => {
        const shown = mergeScores(groups, scores, minScore).map((group) => group.score);
        expect(shown).toEqual([...shown].sort((a, b) => b - a));
        for (const value of shown) {
          expect(value).toBeGreaterThanOrEqual(minScore);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('puts a document before another that both the first stage and the reranker put behind it', () => {
    fc.assert(
      fc.property(reading, ({ groups, scores, minScore }) => {
        const place = new Map(
          mergeScores(groups, scores, minScore).map(({ document }, index) => [document, index]),
        );
        for (let first = 0; first < scores.length; first++) {
          for (let second = first + 1; second < scores.length; second++) {
            if ((scores[first] ?? 0) >= (scores[second] ?? 0))
              expect(place.get(first)).toBeLessThan(place.get(second) ?? 0);
          }
        }
      }),
    );
  });

  it('turns two documents round where the reranker is surer than the first stage', () => {
    const groups = [
      { document: 7, score: 0.8, duplicates: [] },
      { document: 3, score: 0.6, duplicates: [9] },
      { document: 5, score: 0.3, duplicates: [] },
    ];
    expect(mergeScores(groups, [0.2, 0.9], 0)).toEqual([
      { document: 3, score: 0.75, duplicates: [9], reranker: 0.9 },
      { document: 7, score: 0.5, duplicates: [], reranker: 0.2 },
      { document: 5, score: 0.3, duplicates: [] },
    ]);
  });

  it('shows what was read with no less than what was not', () => {
    const groups = [
      { document: 1, score: 0.5, duplicates: [] },
      { document: 2, score: 0.45, duplicates: [] },
    ];
    expect(mergeScores(groups, [0], 0).map(({ score: shown }) => shown)).toEqual([0.45, 0.45]);
  });

  it.each([
    // The mean of 0.1 and 0 is below the least score that is asked for.
    { score: 0.1, given: 0, minScore: 0.06, shown: 0.06, reranker: 0 },
    { score: 0.2, given: 0, minScore: 0.06, shown: 0.1, reranker: 0 },
    { score: 0.9, given: 0.4, minScore: 0.06, shown: 0.65, reranker: 0.4 },
    { score: 1, given: 1, minScore: 0, shown: 1, reranker: 1 },
    // The mean is 0.40027; four digits are shown of each.
    { score: 0.3002, given: 0.50034, minScore: 0, shown: 0.4003, reranker: 0.5003 },
  ])('shows $shown where the first stage gave $score and the reranker $given', (example) => {
    const { score: first, given, minScore, shown, reranker } = example;
    const groups = [{ document: 1, score: first, duplicates: [] }];
    expect(mergeScores(groups, [given], minScore)).toEqual([
      { document: 1, score: shown, duplicates: [], reranker },
    ]);
  });

  it('keeps the order of documents with the same mean', () => {
    const groups = [4, 2, 3].map((document, place) => ({ document, score: 0.5 - place / 8, duplicates: [] }));
    // 0.5 + 0.25, 0.375 + 0.375 and 0.25 + 0.5.
    const merged = mergeScores(groups, [0.25, 0.375, 0.5], 0);
    expect(merged.map(({ document, score: shown }) => [document, shown])).toEqual([
      [4, 0.375],
      [2, 0.375],
      [3, 0.375],
    ]);
  });
});

describe('rerankerFor', () => {
  it('refuses a search that asks for a reranker where there is none', () => {
    expect(() => rerankerFor({ rerank: true, sort: 'relevance' }, null)).toThrow(
      expect.objectContaining({ code: 'NO_RERANKER' }),
    );
    expect(rerankerFor({ rerank: false, sort: 'relevance' }, null)).toBeNull();
    expect(rerankerFor({ sort: 'relevance' }, null)).toBeNull();
  });

  it('takes one where there is one, unless hits are sorted by date or it is not wanted', () => {
    const one = { depth: 5 } as Partial<Reranker> as Reranker;
    expect(rerankerFor({ sort: 'relevance' }, one)).toBe(one);
    expect(rerankerFor({ sort: 'newest' }, one)).toBeNull();
    expect(rerankerFor({ rerank: true, sort: 'newest' }, one)).toBe(one);
    expect(rerankerFor({ rerank: false, sort: 'relevance' }, one)).toBeNull();
  });
});

describe('rerank', () => {
  const groups = [
    { document: 7, score: 0.8, duplicates: [] },
    { document: 3, score: 0.6, duplicates: [] },
    { document: 5, score: 0.3, duplicates: [] },
  ];
  /** Reads two, and scores them as it is told. */
  const rerankedBy = (scores: () => Promise<number[]>) => {
    const asked: unknown[] = [];
    const reranker = {
      depth: 2,
      score: (query: string, passages: string[]) => {
        asked.push(query, passages);
        return scores();
      },
    } as Partial<Reranker> as Reranker;
    const passagesOf = (documents: number[]): string[] =>
      documents.map((document) => `passage of ${document}`);
    return { asked, reranking: rerank(groups, { reranker, query: 'ferry', passagesOf, minScore: 0.06 }) };
  };

  it('has as many of the best read as the reranker reads', async () => {
    const { asked, reranking } = rerankedBy(async () => [0.2, 0.9]);
    expect(await reranking).toEqual({
      groups: [
        { document: 3, score: 0.75, duplicates: [], reranker: 0.9 },
        { document: 7, score: 0.5, duplicates: [], reranker: 0.2 },
        { document: 5, score: 0.3, duplicates: [] },
      ],
      reranked: 2,
    });
    expect(asked).toEqual(['ferry', ['passage of 7', 'passage of 3']]);
  });

  it('counts those that it came to', async () => {
    const { reranking } = rerankedBy(async () => [0.2]);
    expect((await reranking).reranked).toBe(1);
  });

  it('leaves the ranking as it is where the reranker fails, but not where Akin is shutting down', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    const failed = rerankedBy(() => Promise.reject(new Error('out of memory')));
    expect(await failed.reranking).toEqual({ groups, reranked: 0 });
    expect((await warned).message).toContain('out of memory');
    const cancelled = rerankedBy(() => Promise.reject(new AkinError('CANCELLED', 'Akin is shutting down.')));
    await expect(cancelled.reranking).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
