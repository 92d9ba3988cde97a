import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedDifference } from '../../src/evaluation/bootstrap.js';
import { meanMetrics, scoreRanking } from '../../src/evaluation/metrics.js';

const judgements = new Map([
  ['a', 2],
  ['b', 1],
  ['c', 0],
]);

describe('scoreRanking', () => {
  it('gives 1 for the ideal order and 0 for none of the relevant ones', () => {
    expect(scoreRanking(['a', 'b', 'c'], judgements)).toEqual({ ndcg10: 1, recall100: 1, mrr10: 1 });
    expect(scoreRanking(['c', 'x'], judgements)).toEqual({ ndcg10: 0, recall100: 0, mrr10: 0 });
  });

  it('discounts gains by rank, with linear gains', () => {
    // (1 + 2 / log2 3) / (2 + 1 / log2 3)
    expect(scoreRanking(['b', 'a'], judgements).ndcg10).toBeCloseTo(0.8597, 4);
    expect(scoreRanking(['x', 'y', 'b'], judgements).mrr10).toBeCloseTo(1 / 3);
  });

  it('looks at the first 10 for nDCG and MRR, and at the first 100 for recall', () => {
    const far = [...Array.from({ length: 10 }, (_, i) => `x${i}`), 'a', 'b'];
    expect(scoreRanking(far, judgements)).toEqual({ ndcg10: 0, recall100: 1, mrr10: 0 });
    const farther = [...Array.from({ length: 100 }, (_, i) => `x${i}`), 'a'];
    expect(scoreRanking(farther, judgements).recall100).toBe(0);
  });

  it('never falls where a relevant document moves up', () => {
    const order = fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e'], { minLength: 2 });
    fc.assert(
      fc.property(order, fc.nat(4), (ranking, at) => {
        const place = at % ranking.length;
        const id = ranking[place];
        if (id === undefined || place === 0 || (judgements.get(id) ?? 0) === 0) return;
        const better = ranking.toSpliced(place, 1).toSpliced(0, 0, id);
        if ((judgements.get(ranking[0] ?? '') ?? 0) > (judgements.get(id) ?? 0)) return;
        expect(scoreRanking(better, judgements).ndcg10).toBeGreaterThanOrEqual(
          scoreRanking(ranking, judgements).ndcg10,
        );
      }),
    );
  });
});

it('the mean of metrics is that of each', () => {
  const scores = [
    { ndcg10: 1, recall100: 0.5, mrr10: 0 },
    { ndcg10: 0, recall100: 1, mrr10: 0.5 },
  ];
  expect(meanMetrics(scores)).toEqual({ ndcg10: 0.5, recall100: 0.75, mrr10: 0.25 });
});

describe('pairedDifference', () => {
  it('is sure of what holds for every query, and gives the same interval each time', () => {
    const one = Array.from({ length: 50 }, (_, i) => i / 100 + 0.2);
    const other = one.map((score) => score - 0.1);
    const difference = pairedDifference(one, other);
    for (const value of [difference.mean, difference.low, difference.high]) expect(value).toBeCloseTo(0.1);
    expect(pairedDifference(one, other)).toEqual(difference);
  });

  it('is not sure of what holds for half of the queries', () => {
    const one = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 1 : 0));
    const { mean, low, high } = pairedDifference(one, one.toReversed());
    expect(mean).toBeCloseTo(0);
    expect(low).toBeLessThan(-0.1);
    expect(high).toBeGreaterThan(0.1);
  });
});
