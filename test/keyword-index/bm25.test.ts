import { describe, expect, it } from 'vitest';
import { idf, idfOfFts5, MOST_OF_A_TERM, saturation } from '../../src/keyword-index/bm25.js';

describe('idf', () => {
  it.each([
    // ln(1 + 9.5/1.5), ln(1 + 5.5/5.5), ln(1 + 0.5/10.5) and ln(1 + 999.5/1.5).
    { having: 1, all: 10, weight: 1.99243 },
    { having: 5, all: 10, weight: Math.LN2 },
    { having: 10, all: 10, weight: 0.04652 },
    { having: 1, all: 1_000, weight: 6.50329 },
  ])('of a term that $having of $all documents have is $weight', ({ having, all, weight }) => {
    expect(idf(having, all)).toBeCloseTo(weight, 5);
  });
});

describe('idfOfFts5', () => {
  it.each([
    // ln(9.5/1.5) and ln(7.5/3.5); with half of the documents and more it would be nothing, and is a millionth.
    { having: 1, all: 10, weight: 1.845827 },
    { having: 3, all: 10, weight: 0.76214 },
    { having: 5, all: 10, weight: 1e-6 },
    { having: 9, all: 10, weight: 1e-6 },
  ])('of a term that $having of $all documents have is $weight', ({ having, all, weight }) => {
    expect(idfOfFts5(having, all)).toBeCloseTo(weight, weight === 1e-6 ? 12 : 5);
  });
});

describe('saturation', () => {
  it('has a quarter of 1.2 for each text, and three quarters by its length', () => {
    // 1.2 · 0.25, and 1.2 · 0.75 / 100.
    const { base, perWord } = saturation(100);
    expect(base).toBeCloseTo(0.3, 12);
    expect(perWord).toBeCloseTo(0.009, 12);
    expect(saturation(0.5).perWord).toBeCloseTo(1.8, 12);
  });

  it('leaves lengths out where there are none', () => {
    expect(saturation(0)).toEqual({ base: expect.closeTo(0.3, 12), perWord: 0 });
  });

  it('never gives a term more than 2.2 of its idf', () => {
    expect(MOST_OF_A_TERM).toBeCloseTo(2.2, 12);
  });
});
