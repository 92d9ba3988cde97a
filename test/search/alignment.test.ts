import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, unitVector } from '../../src/embedding/vector-math.js';
import { align, evenly } from '../../src/search/alignment.js';

const vector = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 })
  .filter((values) => values.some((value) => Math.abs(value) > 0.01))
  .map((values) => unitVector(Float32Array.from(values)));
const document = fc.array(vector, { minLength: 1, maxLength: 8 });

describe('align', () => {
  it('scores two documents the same from either side, and 1 for a document and itself', () => {
    fc.assert(
      fc.property(document, document, (one, other) => {
        expect(align(one, other)?.score).toBeCloseTo(align(other, one)?.score ?? Number.NaN, 6);
        expect(align(one, one)?.score).toBeCloseTo(1, 4);
      }),
    );
  });

  it('lays beside each passage the own one that is nearest, best pair first', () => {
    fc.assert(
      fc.property(document, document, (own, other) => {
        const pairs = align(own, other)?.pairs ?? [];
        expect(pairs.map((pair) => pair.other).sort((a, b) => a - b)).toEqual(other.map((_, index) => index));
        for (const [place, pair] of pairs.entries()) {
          const cosines = own.map((one) => dot(one, other[pair.other] ?? one));
          expect(pair.cosine).toBeCloseTo(Math.max(...cosines), 6);
          expect(cosines[pair.own]).toBeCloseTo(pair.cosine, 6);
          expect(pair.cosine).toBeLessThanOrEqual(pairs[place - 1]?.cosine ?? 1.001);
        }
      }),
    );
  });

  it('is none where a document has no passages', () => {
    expect(align([], [Float32Array.of(1)])).toBeNull();
    expect(align([Float32Array.of(1)], [])).toBeNull();
  });

  it('scores the mean of the nearest, both ways', () => {
    const [east, north] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
    // The one passage is nearest to the first, by 0.8. The two have 0.8 and 0.6 to it: (0.8 + 0.7) / 2.
    const alignment = align([east, north], [Float32Array.of(0.8, 0.6)]);
    expect(alignment?.score).toBeCloseTo(0.75, 6);
    expect(alignment?.pairs).toEqual([{ own: 0, other: 0, cosine: expect.closeTo(0.8, 6) }]);
    // Opposites are −1, not nothing.
    expect(align([east], [Float32Array.of(-1, 0)])?.score).toBe(-1);
  });

  it('has the best pair first, and those that are as good in their order', () => {
    const [east, north] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
    const others = [Float32Array.of(0.6, 0.8), Float32Array.of(-0.6, 0.8), Float32Array.of(0.96, 0.28)];
    expect(align([east, north], others)?.pairs).toEqual([
      { own: 0, other: 2, cosine: expect.closeTo(0.96, 6) },
      { own: 1, other: 0, cosine: expect.closeTo(0.8, 6) },
      { own: 1, other: 1, cosine: expect.closeTo(0.8, 6) },
    ]);
  });
});

describe('evenly', () => {
  it('takes as many as there may be, in order, from the first to the last part of a list', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 60 }), (length, most) => {
        const taken = evenly(
          Array.from({ length }, (_, index) => index),
          most,
        );
        expect(taken).toHaveLength(Math.min(length, most));
        expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b));
        if (length > 0) expect(taken[0]).toBe(0);
        if (length > most) expect(taken.at(-1)).toBeGreaterThanOrEqual(length - Math.ceil(length / most) - 1);
      }),
    );
  });

  it.each([
    // Steps of 10/3, of 2.5, and of 5.
    { length: 10, most: 3, taken: [0, 4, 7] },
    { length: 10, most: 4, taken: [0, 3, 5, 8] },
    { length: 10, most: 2, taken: [0, 5] },
    { length: 10, most: 1, taken: [0] },
    { length: 3, most: 3, taken: [0, 1, 2] },
    { length: 3, most: 4, taken: [0, 1, 2] },
  ])('takes $taken for $most of $length', ({ length, most, taken }) => {
    expect(evenly([...Array(length).keys()], most)).toEqual(taken);
  });
});
