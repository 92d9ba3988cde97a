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

  // To compare one costs 4.5; a candidate in the graph 4.8, and 4 for each neighbour to be looked up.
  it.each([
    // 100 documents need 300 neighbours: 300 · 8.8 = 2,640. All of 587 cost 2,641.5, all of 586 cost 2,637.
    { size: 587, passing: 587, plan: { way: 'graph', k: 300, ef: 300 } },
    { size: 586, passing: 586, plan: { way: 'exact' } },
    // 3e8 / 30,112 = 9,962.8 neighbours of twice as many candidates: 9,963 · 13.6 = 135,496.8 of 135,504.
    { size: 1_000_000, passing: 30_112, plan: { way: 'graph', k: 9_963, ef: 19_926 } },
    // 3e8 / 30,111 = 9,963.1: 9,964 · 13.6 = 135,510.4 of 135,499.5.
    { size: 1_000_000, passing: 30_111, plan: { way: 'exact' } },
    // One that a filter leaves out makes it a filter: 301 neighbours and 602 candidates.
    { size: 1_000, passing: 999, plan: { way: 'graph', k: 301, ef: 602 } },
    { size: 1_000, passing: 1_000, plan: { way: 'graph', k: 300, ef: 300 } },
    // Four times as many as the time before: 1,200 · 8.8 = 10,560 of 45,000, then 42,240.
    { size: 10_000, passing: 10_000, tried: 300, plan: { way: 'graph', k: 1_200, ef: 1_200 } },
    { size: 10_000, passing: 10_000, tried: 1_200, plan: { way: 'graph', k: 4_800, ef: 4_800 } },
    { size: 10_000, passing: 10_000, tried: 4_800, plan: { way: 'exact' } },
    { size: 10_000, passing: 0, plan: { way: 'exact' } },
    { size: 0, passing: 0, plan: { way: 'exact' } },
  ])('is, of $size with $passing that pass, $plan.way', ({ plan, ...problem }) => {
    expect(planNearest({ wanted: 100, ...problem })).toEqual(plan);
  });
});
