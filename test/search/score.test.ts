import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chanceUnder,
  cosineScore,
  coverageScore,
  DEFAULT_MIN_SCORE,
  documentScore,
  eitherScore,
  round,
} from '../../src/search/score.js';

// A logistic curve at one, two and three spreads above the middle: 1 / (1 + e⁻¹), 1 / (1 + e⁻²), 1 / (1 + e⁻³).
const [ONE_SPREAD, TWO_SPREADS, THREE_SPREADS] = [0.731059, 0.880797, 0.952574];

describe('documentScore', () => {
  it.each([
    // The middle of 0.893 and the spread of 0.12 were fitted, docs/quality.md.
    { mode: 'hybrid', evidence: 0.893, score: 0.5 },
    { mode: 'hybrid', evidence: 1.013, score: ONE_SPREAD },
    { mode: 'hybrid', evidence: 0.533, score: 1 - THREE_SPREADS },
    // 0.653 and 0.074.
    { mode: 'semantic', evidence: 0.653, score: 0.5 },
    { mode: 'semantic', evidence: 0.727, score: ONE_SPREAD },
    { mode: 'semantic', evidence: 0.505, score: 1 - TWO_SPREADS },
    // 0.485 and 0.152.
    { mode: 'keyword', evidence: 0.485, score: 0.5 },
    { mode: 'keyword', evidence: 0.789, score: TWO_SPREADS },
    { mode: 'keyword', evidence: 0.333, score: 1 - ONE_SPREAD },
  ] as const)('takes $evidence of $mode evidence for a chance of $score', ({ mode, evidence, score }) => {
    expect(documentScore(mode, evidence)).toBeCloseTo(score, 6);
  });

  it('leaves out what has less than six chances in a hundred', () => {
    expect(DEFAULT_MIN_SCORE).toBe(0.06);
  });
});

describe('chanceUnder', () => {
  it('is even in the middle and grows with evidence to 1', () => {
    const curve = { even: 2, spread: 0.5 };
    expect(chanceUnder(curve, 2)).toBe(0.5);
    expect(chanceUnder(curve, 2.5)).toBeCloseTo(ONE_SPREAD, 6);
    expect(chanceUnder(curve, 1)).toBeCloseTo(1 - TWO_SPREADS, 6);
    expect(chanceUnder(curve, 100)).toBe(1);
  });
});

describe('cosineScore', () => {
  it.each([
    [0.36, 0.5],
    [0.43, ONE_SPREAD],
    [0.57, THREE_SPREADS],
    [0.22, 1 - TWO_SPREADS],
  ])('takes a cosine of %d for a chance of %d', (cosine, score) => {
    expect(cosineScore(cosine)).toBeCloseTo(score, 6);
  });
});

describe('coverageScore', () => {
  it.each([
    [0, 0],
    [0.2, 0.008],
    [0.5, 0.125],
    [0.6, 0.216],
    [1, 1],
  ])('takes %d of the words for a chance of %d, the third power', (coverage, score) => {
    expect(coverageScore(coverage)).toBeCloseTo(score, 12);
  });
});

describe('eitherScore', () => {
  it.each([
    // One of two is wrong with 0.5 · 0.5, or with 0.8 · 0.9, or with 1 · 0.7.
    [0.5, 0.5, 0.75],
    [0.2, 0.1, 0.28],
    [0, 0.3, 0.3],
    [1, 0.3, 1],
    [0, 0, 0],
  ])('of %d and %d is %d', (one, other, either) => {
    expect(eitherScore(one, other)).toBeCloseTo(either, 12);
    expect(eitherScore(other, one)).toBeCloseTo(either, 12);
  });
});

describe('round', () => {
  it.each([
    [0.123_44, 0.1234],
    [0.123_46, 0.1235],
    [0.999_96, 1],
    [-0.123_46, -0.1235],
    // The numbers that are nearest to these are a little more than half way, and a little less.
    [0.000_05, 0.0001],
    [0.000_35, 0.0003],
    [0.000_45, 0.0004],
  ])('makes %d %d', (score, rounded) => {
    expect(round(score)).toBe(rounded);
  });

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
