import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeScores, rerankerFor } from '../../src/search/rerank.js';

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
});

describe('rerankerFor', () => {
  it('refuses a search that asks for a reranker where there is none', () => {
    expect(() => rerankerFor({ rerank: true, sort: 'relevance' }, null)).toThrow(
      expect.objectContaining({ code: 'NO_RERANKER' }),
    );
    expect(rerankerFor({ rerank: false, sort: 'relevance' }, null)).toBeNull();
    expect(rerankerFor({ sort: 'relevance' }, null)).toBeNull();
  });
});
