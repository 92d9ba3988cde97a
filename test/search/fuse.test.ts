import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, type Scored } from '../../src/search/fuse.js';

const document = fc.integer({ min: 1, max: 300 });
const nearness = fc
  .uniqueArray(fc.tuple(document, fc.double({ min: -1, max: 1, noNaN: true })), { selector: ([key]) => key })
  .map((pairs) => new Map(pairs));
const matches = fc
  .uniqueArray(fc.tuple(document, fc.double({ min: 0.01, max: 30, noNaN: true })), {
    selector: ([key]) => key,
  })
  .map((pairs) =>
    pairs.map(([key, score]): Scored => ({ document: key, score })).sort((a, b) => b.score - a.score),
  );
const words = fc.record({ matches, ceiling: fc.double({ min: 1, max: 100, noNaN: true }) });

describe('fuse', () => {
  it('holds each document of either ranking once, best first', () => {
    fc.assert(
      fc.property(nearness, words, (semantic, keyword) => {
        const fused = fuse(semantic, keyword);
        const documents = new Set([...semantic.keys(), ...keyword.matches.map(({ document }) => document)]);
        expect(new Set(fused.map(({ document }) => document))).toEqual(documents);
        expect(fused.length).toBe(documents.size);
        for (const [index, { fused: score }] of fused.entries())
          expect(score).toBeLessThanOrEqual(fused[index - 1]?.fused ?? Number.POSITIVE_INFINITY);
      }),
    );
  });

  it('keeps the order of a ranking that stands alone', () => {
    const semantic = new Map([
      [1, 0.9],
      [2, 0.5],
      [3, 0.4],
    ]);
    const nothing = { matches: [], ceiling: 12 };
    expect(fuse(semantic, nothing).map(({ document }) => document)).toEqual([1, 2, 3]);
    const keyword = {
      matches: [
        { document: 3, score: 5 },
        { document: 1, score: 2 },
      ],
      ceiling: 12,
    };
    expect(fuse(new Map(), keyword).map(({ document }) => document)).toEqual([3, 1]);
  });

  it('puts what both found before what one found as well', () => {
    const semantic = new Map([
      [1, 0.8],
      [2, 0.79],
    ]);
    expect(fuse(semantic, { matches: [{ document: 2, score: 9 }], ceiling: 12 })[0]?.document).toBe(2);
  });

  it('believes chance words less than words that are nearly all of the query', () => {
    const semantic = new Map([
      [1, 0.5],
      [2, 0.4],
    ]);
    const matches = [{ document: 2, score: 3 }];
    const firstWith = (ceiling: number): number | undefined =>
      fuse(semantic, { matches, ceiling })[0]?.document;
    expect(firstWith(5)).toBe(2);
    expect(firstWith(60)).toBe(1);
  });

  it('scores a document the same whatever else is found, so that scores of two queries can be compared', () => {
    const best = { document: 1, score: 10 };
    const alone = fuse(new Map([[1, 0.6]]), { matches: [best], ceiling: 15 });
    const among = fuse(
      new Map([
        [1, 0.6],
        [2, 0.5],
      ]),
      { matches: [best, { document: 2, score: 9 }], ceiling: 15 },
    );
    expect(among[0]).toEqual(alone[0]);
  });
});
