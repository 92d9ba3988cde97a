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
});
