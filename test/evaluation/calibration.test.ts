import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationError, fitCalibration, reliabilityOf } from '../../src/evaluation/calibration.js';
import { documentScore } from '../../src/search/score.js';

/** As many of a hundred are right at each evidence as a curve says. */
function observed(even: number, spread: number, collection = 'one') {
  return Array.from({ length: 40 }, (_, i) => even - 4 * spread + (i * 8 * spread) / 39).flatMap(
    (evidence) => {
      const right = Math.round(100 / (1 + Math.exp((even - evidence) / spread)));
      return Array.from({ length: 100 }, (_, i) => ({ collection, evidence, right: i < right }));
    },
  );
}

describe('fitCalibration', () => {
  it('finds the curve that observations come from', () => {
    const middle = fc.double({ min: -1, max: 2, noNaN: true });
    fc.assert(
      fc.property(middle, fc.double({ min: 0.02, max: 0.5, noNaN: true }), (even, spread) => {
        const found = fitCalibration(observed(even, spread));
        expect(Math.abs(found.even - even)).toBeLessThan(0.05 * spread);
        expect(found.spread / spread).toBeCloseTo(1, 1);
      }),
      { numRuns: 20 },
    );
  });

  it('counts a large collection for no more than a small one', () => {
    const [small, large] = [observed(0.5, 0.1, 'small'), observed(0.7, 0.1, 'large')];
    const once = fitCalibration([...small, ...large]);
    const often = fitCalibration([...small, ...large, ...large, ...large]);
    expect(often.even).toBeCloseTo(once.even, 6);
    expect(often.spread).toBeCloseTo(once.spread, 6);
  });
});

describe('reliability', () => {
  it('has no error where scores say what is right, and the whole distance where they do not', () => {
    const said = [0.05, 0.35, 0.95].flatMap((score) =>
      Array.from({ length: 100 }, (_, i) => ({ score, right: i < score * 100 })),
    );
    expect(calibrationError(reliabilityOf(said))).toBeCloseTo(0, 9);
    const wrong = said.map(({ score }) => ({ score, right: false }));
    expect(calibrationError(reliabilityOf(wrong))).toBeCloseTo(0.45, 9);
  });

  it('puts each hit into the bin of its score', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() })),
        (scored) => {
          const bins = reliabilityOf(scored);
          expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(scored.length);
          for (const { from, score } of bins) {
            expect(score).toBeGreaterThanOrEqual(from - 1e-9);
            expect(score).toBeLessThanOrEqual(from + 0.1 + 1e-9);
          }
        },
      ),
    );
  });
});

describe('documentScore', () => {
  it('is within 0 and 1, and grows with the evidence, in each mode', () => {
    const evidence = fc.double({ min: -1, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom('hybrid', 'semantic', 'keyword'),
        evidence,
        evidence,
        (mode, one, other) => {
          const [less, more] = [Math.min(one, other), Math.max(one, other)].map((each) =>
            documentScore(mode, each),
          );
          expect(less).toBeGreaterThanOrEqual(0);
          expect(more).toBeLessThanOrEqual(1);
          expect(more).toBeGreaterThanOrEqual(less ?? 1);
        },
      ),
    );
  });
});
