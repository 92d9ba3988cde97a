import type { ActivationRange } from './activation-ranges.js';
import { dequantize, type QuantizedTensor, zeroPoint } from './tensors.js';

/** Channels of a layer normalisation that go beyond this are shifted and scaled. */
export const LARGEST_CHANNEL = 5;

/** Neurons of a feed-forward layer that go beyond this are parted into steps. */
export const LARGEST_NEURON = 6;

/**
 * Neurons come in groups of this many: onnxruntime computes a rest that fills no vector register otherwise, and then
 * a text's result would depend on how many tokens are in its batch.
 */
const NEURONS_OF_GROUP = 16;

/** The weights of a dense layer, [inputs × outputs], and what is added. */
export interface Dense {
  weight: QuantizedTensor;
  bias: Float32Array;
}

/** What is done to each channel of an activation before it is quantized: `(value − shift) / scale`. */
export interface Smoothing {
  shift: Float32Array;
  scale: Float32Array;
}

/** A part of a neuron: what it has above `from`, up to the largest value that is quantized. Null is no neuron. */
export interface NeuronStep {
  neuron: number | null;
  from: number;
}

/**
 * Brings single channels that reach far into the range of the others, so that a step of 8 bits is small for all. The
 * layer before takes over the shift and the scale, and the layer behind undoes them in its weights (SmoothQuant, arXiv
 * 2211.10438; the shift as in Outlier Suppression+, arXiv 2304.09145).
 */
export function smoothingOf({ outlying }: ActivationRange, channels: number): Smoothing {
  const shift = new Float32Array(channels);
  const scale = new Float32Array(channels).fill(1);
  for (const { channel, min, max } of outlying) {
    shift[channel] = (min + max) / 2;
    scale[channel] = Math.max(1, (max - min) / 2 / LARGEST_CHANNEL);
  }
  return { shift, scale };
}

/** The range that is left when the outlying channels are smoothed. */
export function smoothedRange({ min, max, outlying }: ActivationRange): { min: number; max: number } {
  const reaches = outlying.map((channel) => Math.min((channel.max - channel.min) / 2, LARGEST_CHANNEL));
  const reach = Math.max(0, ...reaches);
  return { min: Math.min(min, -reach), max: Math.max(max, reach) };
}

/**
 * Parts neurons that reach far into several: each has the same weights and begins where the one below ends, at the
 * largest value that is quantized, so that they add up to the whole. (Outlier channel splitting, arXiv 1901.09504, but
 * that GELU allows no halves: above about 3 it is the identity.)
 */
export function neuronSteps({ outlying }: ActivationRange, neurons: number): NeuronStep[] {
  const most = new Map(outlying.map(({ channel, max }) => [channel, max]));
  const steps = Array.from({ length: neurons }, (_, neuron): NeuronStep[] => {
    const count = Math.ceil((most.get(neuron) ?? 0) / LARGEST_NEURON) || 1;
    return Array.from({ length: count }, (__, step) => ({ neuron, from: step * LARGEST_NEURON }));
  }).flat();
  while (steps.length % NEURONS_OF_GROUP !== 0) steps.push({ neuron: null, from: 0 });
  return steps;
}

/** The layer that gives neurons, with one output for each step. */
export function intoSteps({ weight, bias }: Dense, steps: NeuronStep[]): Dense {
  const [inputs = 0, outputs = 0] = weight.shape;
  const bytes = new Uint8Array(inputs * steps.length).fill(zeroPoint(weight));
  for (const [column, { neuron }] of steps.entries()) {
    if (neuron === null) continue;
    for (let row = 0; row < inputs; row++) {
      bytes[row * steps.length + column] = weight.bytes[row * outputs + neuron] ?? 0;
    }
  }
  return {
    weight: { ...weight, bytes, shape: [inputs, steps.length] },
    bias: Float32Array.from(steps, ({ neuron, from }) => (neuron === null ? 0 : (bias[neuron] ?? 0) - from)),
  };
}

/** The layer that takes neurons, with one input for each step. */
export function outOfSteps({ weight, bias }: Dense, steps: NeuronStep[]): Dense {
  const [, outputs = 0] = weight.shape;
  const bytes = new Uint8Array(steps.length * outputs).fill(zeroPoint(weight));
  for (const [row, { neuron }] of steps.entries()) {
    if (neuron === null) continue;
    bytes.set(weight.bytes.subarray(neuron * outputs, (neuron + 1) * outputs), row * outputs);
  }
  return { weight: { ...weight, bytes, shape: [steps.length, outputs] }, bias };
}

/** What a dense layer makes of the shift of its input; it is to be added to its bias. */
export function shiftThrough(weight: QuantizedTensor, shift: Float32Array): Float32Array {
  const [, outputs = 0] = weight.shape;
  const values = dequantize(weight);
  const sums = new Float64Array(outputs);
  for (const [row, by] of shift.entries()) {
    if (by === 0) continue;
    for (let column = 0; column < outputs; column++) {
      sums[column] = (sums[column] ?? 0) + by * (values[row * outputs + column] ?? 0);
    }
  }
  return Float32Array.from(sums);
}

/**
 * Multiplies each row of a weight by its scale, in 8 bits: exactly, but for the scaled rows and for the columns that
 * need a larger step for them.
 *
 * @returns signed bytes, and the step of each column; zero lies where it lay
 */
export function scaleRows(
  weight: QuantizedTensor,
  scale: Float32Array,
): { bytes: Int8Array; steps: Float32Array } {
  const [, outputs = 0] = weight.shape;
  const zero = zeroPoint(weight);
  const scaled = new Float64Array(weight.bytes).map(
    (byte, index) => (byte - zero) * (scale[Math.floor(index / outputs)] ?? 1),
  );
  const growth = new Float64Array(outputs).fill(1);
  scaled.forEach((value, index) => {
    const needed = value > 0 ? value / (255 - zero) : -value / zero;
    growth[index % outputs] = Math.max(growth[index % outputs] ?? 1, needed);
  });
  return {
    bytes: new Int8Array(
      scaled.map((value, index) => Math.round(value / (growth[index % outputs] ?? 1)) + zero - 128),
    ),
    steps: Float32Array.from(growth, (by) => by * weight.scale),
  };
}
