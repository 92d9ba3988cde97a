import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderByDate } from '../../src/search/order-by-date.js';

const DATES = [
  '2025-07-16',
  '2025-07-16T09:30:00+08:00',
  null,
  '1999',
  'no date',
  '2025-07-15T23:00:00-05:00',
];
const dateOf = (place: number): string | null => DATES[place] ?? null;

describe('order by date', () => {
  it('compares moments, not their texts, and leaves what has no date behind in its order', () => {
    const places = [...DATES.keys()];
    expect(orderByDate(places, 'newest', dateOf)).toEqual([5, 1, 0, 3, 2, 4]);
    expect(orderByDate(places, 'oldest', dateOf)).toEqual([3, 0, 1, 5, 2, 4]);
  });

  it('keeps the order of hits of the same date', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('2024-01-01', '2025-01-01', null)), (dates) => {
        const sorted = orderByDate([...dates.keys()], 'newest', (place) => dates[place] ?? null);
        expect(sorted.toSorted((a, b) => a - b)).toEqual([...dates.keys()]);
        for (const date of ['2024-01-01', '2025-01-01', null]) {
          const those = sorted.filter((place) => dates[place] === date);
          expect(those).toEqual(those.toSorted((a, b) => a - b));
        }
      }),
    );
  });
});
