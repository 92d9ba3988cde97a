import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planNearest } from '../../src/search/plan-nearest.js';

describe('the way to the nearest documents', () => {
  it('is to compare all that pass where few pass, and the graph where many do', () => {
    expect(planNearest({ size: 1_000_000, passing: 100, wanted: 100 })).toEqual({ way: 'exact' });
    expect(planNearest({ size: 1_000_000, passing: 1_000_000, wanted: 100 })).toEqual({
      way: 'graph',
      k: 300,
      ef: 300,
    });
    expect(planNearest({ size: 1_000_000, passing: 250_000, wanted: 100 })).toEqual({
      way: 'graph',
      k: 1_200,
      ef: 2_400,
    });
    expect(planNearest({ size: 200, passing: 200, wanted: 100 })).toEqual({ way: 'exact' });
  });

  it('is widened where too few came, and ends with comparing all', () => {
    const count = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(count, count, fc.integer({ min: 1, max: 11_000 }), (size, passing, wanted) => {
        let tried = 0;
        for (let turn = 0; turn < 20; turn++) {
          const plan = planNearest({ size, passing: Math.min(size, passing), wanted, tried });
          if (plan.way === 'exact') return;
          expect(plan.k).toBeGreaterThan(tried);
          expect(plan.k).toBeLessThan(size);
          tried = plan.k;
        }
        throw new Error('It never ends.');
      }),
    );
  });
});
