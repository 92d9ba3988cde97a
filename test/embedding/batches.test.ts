import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planBatches } from '../../src/embedding/batches.js';

it('puts each text in one batch, none above the budget but for a text that is so alone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 300 })),
      fc.integer({ min: 1, max: 2_000 }),
      (tokens, budget) => {
        const batches = planBatches(tokens, budget);
        expect(batches.flat().sort((a, b) => a - b)).toEqual(tokens.map((_, index) => index));
        for (const batch of batches) {
          const longest = Math.max(...batch.map((index) => tokens[index] ?? 0));
          if (batch.length > 1) expect(longest * batch.length).toBeLessThanOrEqual(budget);
        }
      },
    ),
  );
});

it('puts texts of like length together, so that little is padding', () => {
  expect(planBatches([10, 100, 11, 99], 200)).toEqual([
    [1, 3],
    [2, 0],
  ]);
});
