import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packTermCounts, toTermCounts, unpackTermCounts } from '../../src/storage/term-counts.js';

const counted = fc.uniqueArray(
  fc.tuple(
    fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 2 ** 30 - 1 })),
    fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 70_000 })),
  ),
  { selector: ([term]) => term, maxLength: 300 },
);

it('the terms of a document come back as they were packed, growing by their numbers', () => {
  fc.assert(
    fc.property(counted, fc.nat(1e9), (pairs, length) => {
      const counts = toTermCounts(new Map(pairs), length);
      expect(unpackTermCounts(packTermCounts(counts), length)).toEqual(counts);
      const expected = pairs.toSorted(([a], [b]) => a - b);
      expect([...counts.terms]).toEqual(expected.map(([term]) => term));
      expect([...counts.counts]).toEqual(expected.map(([, count]) => Math.min(count, 65_535)));
    }),
  );
});

it('take about a byte for each frequent term that is there once', () => {
  const terms = new Map(Array.from({ length: 100 }, (_, index) => [1 + index * 20, 1]));
  expect(packTermCounts(toTermCounts(terms, 100))).toHaveLength(100);
});
