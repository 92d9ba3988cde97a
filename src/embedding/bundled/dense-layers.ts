import type { GraphWriter } from './graph-writer.js';
import { type Dense, type Smoothing, scaleRows, shiftThrough } from './outliers.js';
import { dequantize, toSigned, zeroPoint } from './tensors.js';

/** Writes a dense layer under a name and gives the name of its output. */
export type WriteDense = (name: string, dense: Dense) => string;

/** Dense layers that read `input` as 32-bit floats. */
export function floatLayers(graph: GraphWriter, input: string): WriteDense {
  return (name, { weight, bias }) => {
    const weights = graph.floats(`${name}/weights`, dequantize(weight), weight.shape);
    const product = graph.operator('MatMul', [input, weights], `${name}/product`);
    return graph.operator('Add', [product, biasOf(graph, name, bias)], `${name}/output`);
  };
}

/**
 * Dense layers that read `input` in 8 bits, and share its one quantization at a fixed range.
 * @param smoothing what was done to the input's channels, which these layers undo; null where nothing was
 */
export function quantizedLayers(
  graph: GraphWriter,
  input: string,
  { min, max }: { min: number; max: number },
  smoothing: Smoothing | null,
): WriteDense {
  const step = (max - min) / 255;
  const scale = graph.floats(`${input}/scale`, [step]);
  const zero = graph.uint8s(`${input}/zero`, [Math.round(-min / step)]);
  const quantized = graph.operator('QuantizeLinear', [input, scale, zero], `${input}/quantized`);
  return (name, { weight, bias }) => {
    const outputs = bias.length;
    const zeroOfWeights = zeroPoint(weight) - 128;
    const { bytes, steps } = smoothing
      ? scaleRows(weight, smoothing.scale)
      : { bytes: toSigned(weight), steps: new Float32Array(outputs).fill(weight.scale) };
    const shifted = smoothing ? sum(bias, shiftThrough(weight, smoothing.shift)) : bias;
    return graph.operator(
      'MatMulIntegerToFloat',
      [
        quantized,
        graph.int8s(`${name}/weights`, bytes, weight.shape),
        scale,
        graph.floats(`${name}/weights/scale`, steps, [outputs]),
        zero,
        graph.int8s(`${name}/weights/zero`, new Int8Array(outputs).fill(zeroOfWeights), [outputs]),
        biasOf(graph, name, shifted),
      ],
      `${name}/output`,
      { domain: 'com.microsoft' },
    );
  };
}

/** Two vectors' sum, element by element. */
export function sum(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, index) => value + (b[index] ?? 0));
}

function biasOf(graph: GraphWriter, name: string, bias: Float32Array): string {
  return graph.floats(`${name}/BiasAdd/ReadVariableOp`, bias, [bias.length]);
}
