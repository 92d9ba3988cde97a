import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, type Scored } from '../../src/search/fuse.js';

const ranking = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 200 }).chain((documents) =>
  fc
    .array(fc.double({ min: 0, max: 30, noNaN: true }), {
      minLength: documents.length,
      maxLength: documents.length,
    })
    .map((scores) => {
      const sorted = [...scores].sort((a, b) => b - a);
      return documents.map((document, index): Scored => ({ document, score: sorted[index] ?? 0 }));
    }),
);

describe('fuse', () => {
  it('holds each document of either ranking once, best first, within 0 and 1', () => {
    fc.assert(
      fc.property(ranking, ranking, (semantic, keyword) => {
        const fused = fuse(semantic, keyword);
        const documents = new Set([...semantic, ...keyword].map(({ document }) => document));
        expect(new Set(fused.map(({ document }) => document))).toEqual(documents);
        expect(fused.length).toBe(documents.size);
        for (const [index, { fused: score }] of fused.entries()) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1 + 1e-9);
          expect(score).toBeLessThanOrEqual((fused[index - 1]?.fused ?? 1) + 1e-9);
        }
      }),
    );
  });

  it('keeps the order of a ranking that stands alone', () => {
    const semantic = [0.9, 0.5, 0.4].map((score, index) => ({ document: index + 1, score }));
    expect(fuse(semantic, []).map(({ document }) => document)).toEqual([1, 2, 3]);
  });

  it('puts what both found before what one found as well', () => {
    const semantic = [
      { document: 1, score: 0.8 },
      { document: 2, score: 0.79 },
    ];
    const keyword = [{ document: 2, score: 9 }];
    expect(fuse(semantic, keyword)[0]?.document).toBe(2);
  });

  it('gives the first hits the same scores however many are asked for behind them', () => {
    const many = Array.from({ length: 250 }, (_, index) => ({ document: index, score: 250 - index }));
    const few = many.slice(0, 100);
    const first = (leg: Scored[]) =>
      fuse(leg, leg)
        .slice(0, 50)
        .map(({ document, fused }) => [document, fused]);
    expect(first(many)).toEqual(first(few));
  });
});
