import fc from 'fast-check';
import { expect, it } from 'vitest';
import { growingOrder } from '../../src/keyword-index/growing-order.js';
import { planMerge } from '../../src/keyword-index/plan-merge.js';
import { MOST_IN_SEGMENT } from '../../src/keyword-index/segment.js';
import { atOnce } from '../../src/turns.js';

/** The sizes of the segments after documents have come in batches, and how many documents were copied by merging. */
function afterBatches(batches: number[]): { sizes: number[]; copied: number } {
  let sizes: number[] = [];
  let copied = 0;
  for (const batch of batches) {
    sizes.push(batch);
    for (let places = planMerge(sizes); places.length > 0; places = planMerge(sizes)) {
      const merged = places.reduce((sum, place) => sum + (sizes[place] ?? 0), 0);
      sizes = [merged, ...sizes.filter((_, place) => !places.includes(place))];
      copied += merged;
    }
  }
  return { sizes, copied };
}

it('segments stay few and none gets too large, and a document is not copied often', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 16 }), (count, most) => {
      const batches = Array.from({ length: count }, (_, index) => 1 + ((index * 7) % most));
      const all = batches.reduce((sum, batch) => sum + batch, 0);
      const { sizes, copied } = afterBatches(batches);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(all);
      expect(sizes.length).toBeLessThanOrEqual(8 * Math.ceil(Math.log(all + 1) / Math.log(8)));
      expect(copied / all).toBeLessThanOrEqual(Math.log(all + 1) / Math.log(8) + 1);
    }),
  );
});

it('segments that are full are left alone', () => {
  const { sizes } = afterBatches(Array.from({ length: 400 }, () => 1_024));
  expect(Math.max(...sizes)).toBe(MOST_IN_SEGMENT);
  expect(planMerge(Array.from({ length: 20 }, () => MOST_IN_SEGMENT))).toEqual([]);
});

it('numbers are put in growing order, equal ones as they come', () => {
  const number = fc.oneof(fc.nat(20), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 500 }), (numbers) => {
      const expected = numbers
        .map((_, place) => place)
        .sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b);
      expect([...atOnce(growingOrder(Uint32Array.from(numbers)))]).toEqual(expected);
    }),
  );
});
