import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Dense,
  intoSteps,
  LARGEST_NEURON,
  neuronSteps,
  outOfSteps,
  scaleRows,
  shiftThrough,
  smoothedRange,
  smoothingOf,
} from '../../src/embedding/bundled/outliers.js';
import { dequantize } from '../../src/embedding/bundled/tensors.js';

const INPUTS = 16;
const OUTPUTS = 3;

const dense = (inputs: number, outputs: number): fc.Arbitrary<Dense> =>
  fc
    .record({
      bytes: fc.uint8Array({ minLength: inputs * outputs, maxLength: inputs * outputs }),
      bias: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: outputs, maxLength: outputs }),
    })
    .map(({ bytes, bias }) => ({
      weight: { bytes: Uint8Array.from(bytes), shape: [inputs, outputs], scale: 0.01, min: -1.28 },
      bias: Float32Array.from(bias),
    }));
const values = (count: number, most: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -most, max: most, noNaN: true }), { minLength: count, maxLength: count });

function applied({ weight, bias }: Dense, input: ArrayLike<number>): number[] {
  const weights = dequantize(weight);
  return Array.from(bias, (add, column) =>
    Array.from(input).reduce(
      (sum, value, row) => sum + value * (weights[row * bias.length + column] ?? 0),
      add,
    ),
  );
}
const close = (one: number[], other: number[], digits: number): void => {
  for (const [place, value] of one.entries()) expect(value).toBeCloseTo(other[place] ?? Number.NaN, digits);
};

describe('neurons that reach far', () => {
  /** Above some three, GELU is the identity; here it is so above zero, and cut where quantization cuts. */
  const active = (value: number): number => Math.min(LARGEST_NEURON, Math.max(0, value));

  it('are the sum of their steps, each within what is quantized', () => {
    const range = {
      min: 0,
      max: LARGEST_NEURON,
      outlying: [{ channel: 4, min: 0, max: 3.5 * LARGEST_NEURON }],
    };
    const steps = neuronSteps(range, INPUTS);
    expect(steps.filter(({ neuron }) => neuron === 4)).toHaveLength(4);
    fc.assert(
      fc.property(dense(2, INPUTS), dense(INPUTS, OUTPUTS), values(2, 5), (wide, narrow, input) => {
        const whole = applied(wide, input).map((value, neuron) =>
          Math.min(neuron === 4 ? 4 * LARGEST_NEURON : LARGEST_NEURON, Math.max(0, value)),
        );
        const parted = applied(intoSteps(wide, steps), input).map(active);
        close(applied(outOfSteps(narrow, steps), parted), applied(narrow, whole), 3);
      }),
    );
  });

  it('come in groups that fill a register', () => {
    const outlying = [1, 5].map((channel) => ({ channel, min: 0, max: 2 * LARGEST_NEURON }));
    const steps = neuronSteps({ min: 0, max: LARGEST_NEURON, outlying }, INPUTS);
    expect(steps.length % 16).toBe(0);
    expect(new Set(steps.flatMap(({ neuron }) => neuron ?? []))).toEqual(new Set(Array(INPUTS).keys()));
  });
});

describe('channels that reach far', () => {
  const outlying = [{ channel: 2, min: -4, max: 28 }];

  it('are brought into the range of the others', () => {
    const smoothing = smoothingOf({ min: -3, max: 3, outlying }, INPUTS);
    const { min, max } = smoothedRange({ min: -3, max: 3, outlying });
    for (const value of [-4, 12, 28]) {
      const smoothed = (value - (smoothing.shift[2] ?? 0)) / (smoothing.scale[2] ?? 1);
      expect(smoothed).toBeGreaterThanOrEqual(min);
      expect(smoothed).toBeLessThanOrEqual(max);
    }
    expect([smoothing.shift[0], smoothing.scale[0]]).toEqual([0, 1]);
  });

  it('give the layer behind what they gave, but for the rounding of weights', () => {
    const { shift, scale } = smoothingOf({ min: -3, max: 3, outlying }, INPUTS);
    fc.assert(
      fc.property(dense(INPUTS, OUTPUTS), values(INPUTS, 3), (layer, input) => {
        const { bytes, steps } = scaleRows(layer.weight, scale);
        const zero = Math.round(1.28 / 0.01) - 128;
        const added = shiftThrough(layer.weight, shift);
        const smoothed = input.map((value, row) => (value - (shift[row] ?? 0)) / (scale[row] ?? 1));
        const found = Array.from(layer.bias, (bias, column) =>
          smoothed.reduce(
            (sum, value, row) =>
              sum + value * ((bytes[row * OUTPUTS + column] ?? 0) - zero) * (steps[column] ?? 0),
            bias + (added[column] ?? 0),
          ),
        );
        const whole = applied(layer, input);
        // Half a step of each weight at most.
        const rounding = smoothed.reduce((sum, value) => sum + Math.abs(value), 0) * Math.max(...steps) * 0.5;
        for (const [column, value] of found.entries())
          expect(Math.abs(value - (whole[column] ?? 0))).toBeLessThanOrEqual(rounding + 1e-4);
      }),
    );
  });
});
