import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, unitVector } from '../../src/embedding/vector-math.js';
import { subjectDirection, timeFactor } from '../../src/search/closeness.js';

describe('subjectDirection', () => {
  const own = Float32Array.of(1, 0, 0);
  const near = unitVector(Float32Array.of(0.8, 0.6, 0));

  it('leans to the neighbours, and stays where there are none that are near', () => {
    expect(dot(subjectDirection(own, [near, near]), near)).toBeGreaterThan(dot(own, near));
    expect(subjectDirection(own, [Float32Array.of(0, 0, 1)])).toEqual(own);
    expect(subjectDirection(own, [])).toEqual(own);
  });

  it('is a quarter of the document, and of each neighbour what its cosine is above 0.3', () => {
    // 0.25 · (1, 0, 0) + (0.8 − 0.3) · (0.8, 0.6, 0) = (0.65, 0.3, 0), of length √0.5125 = 0.715891.
    const direction = subjectDirection(own, [near]);
    expect(direction[0]).toBeCloseTo(0.907959, 5);
    expect(direction[1]).toBeCloseTo(0.419058, 5);
    // A neighbour of cosine 0.28 has no part in it, nor takes it away.
    const far = Float32Array.of(0.28, 0, 0.96);
    expect(subjectDirection(own, [far, near])).toEqual(direction);
  });

  it('is drawn by the sixty nearest alone', () => {
    const nearest = Array.from({ length: 60 }, () => near);
    // (0.25, 0) + 60 · 0.5 · (0.8, 0.6) = (24.25, 18), of length √912.0625 = 30.200373.
    const direction = subjectDirection(own, [Float32Array.of(0.6, 0.8, 0), ...nearest]);
    expect(direction[0]).toBeCloseTo(0.80297, 5);
    expect(direction[1]).toBeCloseTo(0.596019, 5);
  });
});

describe('timeFactor', () => {
  const published = '2025-07-16T09:30:00+08:00';
  const daysLater = (days: number): string =>
    new Date(Date.parse(published) + days * 86_400_000).toISOString();

  it('leaves a score alone where time counts for nothing, or the own date is not known', () => {
    expect(timeFactor(0, published, daysLater(400))).toBe(1);
    expect(timeFactor(1, null, daysLater(400))).toBe(1);
  });

  it('halves in thirty days, before and after alike', () => {
    expect(timeFactor(1, published, daysLater(0))).toBe(1);
    expect(timeFactor(1, published, daysLater(30))).toBeCloseTo(0.5);
    expect(timeFactor(1, published, daysLater(-60))).toBeCloseTo(0.25);
    expect(timeFactor(1, published, null)).toBeCloseTo(0.5);
  });

  it('never grows with the days between, and never takes more than the part that time counts for', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const days = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(part, days, days, (recency, one, other) => {
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)];
        const factor = timeFactor(recency, published, daysLater(later));
        expect(factor).toBeLessThanOrEqual(timeFactor(recency, published, daysLater(sooner)));
        expect(factor).toBeGreaterThanOrEqual(1 - recency - 1e-9);
      }),
    );
  });

  it.each([
    // What time counts for, halved every thirty days: 1 − 0.4 + 0.4 · ½, and so on.
    { recency: 0.4, days: 30, factor: 0.8 },
    { recency: 0.4, days: -60, factor: 0.7 },
    { recency: 0.5, days: 0, factor: 1 },
    // The root of a half.
    { recency: 1, days: 15, factor: Math.SQRT1_2 },
    { recency: 1, days: 90, factor: 0.125 },
  ])('leaves $factor after $days days with a recency of $recency', ({ recency, days, factor }) => {
    expect(timeFactor(recency, published, daysLater(days))).toBeCloseTo(factor, 6);
  });

  it('takes what has no date, or none that can be read, for thirty days away', () => {
    expect(timeFactor(0.4, published, null)).toBeCloseTo(0.8, 10);
    expect(timeFactor(0.4, published, 'long ago')).toBeCloseTo(0.8, 10);
    expect(timeFactor(0.4, 'long ago', published)).toBe(1);
  });
});
