import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { round } from '../../src/search/score.js';

describe('round', () => {
  it('gives what writing down four digits gives, half way between two as well', () => {
    const score = fc.oneof(
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.integer({ min: -20_000, max: 20_000 }).map((halves) => halves / 20_000),
    );
    fc.assert(
      fc.property(score, (value) => {
        // As numbers: a minus before nothing is no difference.
        expect(round(value) === Number(value.toFixed(4))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
