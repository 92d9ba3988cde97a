import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalAxes } from '../../src/embedding/principal-axes.js';
import { dot, VectorRow } from '../../src/embedding/vector-math.js';

const elements = (length: number) =>
  fc
    .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values));

describe('VectorRow', () => {
  it('gives the product with each of its vectors, and zero for one that is missing', () => {
    const row = fc
      .integer({ min: 0, max: 9 })
      .chain((width) => fc.tuple(elements(width), fc.array(fc.option(elements(width)), { maxLength: 9 })));
    fc.assert(
      fc.property(row, fc.nat(3), ([vector, vectors], at) => {
        const together = new VectorRow(vectors);
        const products = new Float64Array(at + together.stride).fill(7);
        together.dots(vector, products, at);
        expect([...products.subarray(0, at)]).toEqual(Array.from({ length: at }, () => 7));
        for (const [place, other] of vectors.entries()) {
          expect(products[at + place]).toBeCloseTo(other ? dot(vector, other) : 0, 5);
        }
      }),
    );
  });
});

describe('principalAxes', () => {
  it('stand at right angles, are of length one, and hold nearly all of what lies in few directions', () => {
    // Three directions of twelve hold all but a thousandth.
    const noise = (i: number): number => Math.sin(i * 12.9898) * 0.03;
    const vectors = Array.from({ length: 200 }, (_, place) =>
      Float32Array.from({ length: 12 }, (__, i) =>
        i % 4 === 0 ? Math.sin((place + 1) * (i + 1) * 1.7) : noise(place * 12 + i),
      ),
    );
    const axes = principalAxes(vectors, 3);
    for (const [i, one] of axes.entries()) {
      for (const [j, other] of axes.entries()) expect(dot(one, other)).toBeCloseTo(i === j ? 1 : 0, 5);
    }
    const held = vectors.map((vector) => axes.reduce((sum, axis) => sum + dot(axis, vector) ** 2, 0));
    const all = vectors.map((vector) => dot(vector, vector));
    const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
    expect(sum(held) / sum(all)).toBeGreaterThan(0.99);
  });
});
