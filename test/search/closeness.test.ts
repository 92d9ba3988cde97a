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
});
