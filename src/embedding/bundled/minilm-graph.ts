import type { ActivationRange, LayerActivations } from './activation-ranges.js';
import { floatLayers, quantizedLayers, sum, type WriteDense } from './dense-layers.js';
import { GraphWriter } from './graph-writer.js';
import {
  type Dense,
  intoSteps,
  LARGEST_NEURON,
  neuronSteps,
  outOfSteps,
  type Smoothing,
  smoothedRange,
  smoothingOf,
} from './outliers.js';
import { dequantize, type QuantizedTensor, zeroPoint } from './tensors.js';

/** The shape of all-MiniLM-L6-v2, a BERT with the normalisation after each residual. */
export const MINILM = { layers: 6, heads: 12, width: 384, innerWidth: 1536, positions: 512, epsilon: 1e-12 };

const ROOT = 'StatefulPartitionedCall/model/tf_bert_model/bert';
const ROOM_FOR_MASKED = -10_000;

interface GraphOptions {
  /** int8: weights and the inputs of the dense layers in 8 bits, the latter at these fixed ranges. */
  activations: LayerActivations[] | null;
  /** Gives the inputs of the dense layers as outputs too, to measure their ranges. */
  traced?: boolean;
}

/**
 * Builds all-MiniLM-L6-v2 as an ONNX model from its TensorFlow.js weights.
 *
 * Inputs: `input_ids` and `attention_mask`, int64 [batch, sequence]. Output: `last_hidden_state`, float
 * [batch, sequence, 384], not pooled. Attention and normalisation are computed in 32-bit floats. With fixed
 * ranges a text's result does not depend on what else is in its batch, as it would if each batch set its own. Channels
 * that reach far beyond the others, and would take the bits from them, are dealt with in `outliers`.
 */
export function buildMiniLm(
  tensors: Map<string, QuantizedTensor>,
  { activations, traced = false }: GraphOptions,
): Uint8Array {
  const graph = new GraphWriter();
  const { layers, heads, width, innerWidth, epsilon } = MINILM;
  const headWidth = width / heads;
  const trace: string[] = [];

  const tensor = (name: string): QuantizedTensor => {
    const found = tensors.get(name);
    if (!found) throw new Error(`The model has no weight ${name}`);
    return found;
  };
  const denseOf = (name: string): Dense => ({
    weight: tensor(`${name}/Tensordot/ReadVariableOp`),
    bias: dequantize(tensor(`${name}/BiasAdd/ReadVariableOp`)),
  });

  /** Rows of an embedding table, kept in 8 bits and widened after they are looked up. */
  const table = (name: string, output: string, look: (bytes: string) => string): string => {
    const { bytes, shape, scale } = tensor(name);
    const rows = look(graph.uint8s(name, bytes, shape));
    const zero = graph.uint8s(`${output}/zero`, [zeroPoint(tensor(name))]);
    return graph.operator('DequantizeLinear', [rows, graph.floats(`${output}/scale`, [scale]), zero], output);
  };

  /** Gain and offset of a layer normalisation, whose output is smoothed thereby. */
  const gainOf = (name: string, smoothing: Smoothing | null): string[] => {
    const smooth = (part: string, shifts: boolean): string => {
      const values = dequantize(tensor(`${name}/${part}`)).map((value, channel) => {
        const shift = shifts ? (smoothing?.shift[channel] ?? 0) : 0;
        return (value - shift) / (smoothing?.scale[channel] ?? 1);
      });
      return graph.floats(`${name}/${part}`, values, [width]);
    };
    return [smooth('batchnorm/mul/ReadVariableOp', false), smooth('batchnorm/ReadVariableOp', true)];
  };

  const normalize = (name: string, input: string, skip: string, smoothing: Smoothing | null): string =>
    graph.operator('SkipLayerNormalization', [input, skip, ...gainOf(name, smoothing)], `${name}/output`, {
      domain: 'com.microsoft',
      epsilon: { float: epsilon },
    });

  const smoothingFor = (range: ActivationRange | undefined): Smoothing | null =>
    range ? smoothingOf(range, width) : null;

  /** Gives the dense layers that read `input`. */
  const denseFrom = (
    input: string,
    range: { min: number; max: number } | undefined,
    smoothing: Smoothing | null = null,
  ): WriteDense => {
    trace.push(input);
    return range ? quantizedLayers(graph, input, range, smoothing) : floatLayers(graph, input);
  };

  /** A smoothed state as it is added to what a layer makes of it, but for the shift: see `withShift`. */
  const unscaled = (state: string, smoothing: Smoothing | null): string =>
    smoothing?.scale.some((scale) => scale !== 1)
      ? graph.operator(
          'Mul',
          [state, graph.floats(`${state}/scales`, smoothing.scale, [width])],
          `${state}/whole`,
        )
      : state;
  const withShift = ({ weight, bias }: Dense, smoothing: Smoothing | null): Dense => ({
    weight,
    bias: smoothing ? sum(bias, smoothing.shift) : bias,
  });

  // Sequence length, for the position rows.
  const shape = graph.operator('Shape', ['input_ids'], 'shape');
  const length = graph.operator('Slice', [shape, graph.longs('1', [1]), graph.longs('2', [2])], 'length');

  // [batch, sequence] of 1 and 0 → [batch, 1, 1, sequence] of 0 and −10000, added to the attention scores.
  const mask = graph.operator('Cast', ['attention_mask'], 'mask', { to: 1 });
  const hidden = graph.operator('Sub', [graph.floats('one', [1]), mask], 'mask/inverse');
  const weighed = graph.operator('Mul', [hidden, graph.floats('masked', [ROOM_FOR_MASKED])], 'mask/weighed');
  const bias = graph.operator('Unsqueeze', [weighed, graph.longs('axes', [1, 2])], 'mask/bias');

  const words = table('unknown', 'words', (bytes) =>
    graph.operator('Gather', [bytes, 'input_ids'], 'words/rows'),
  );
  const positions = table('unknown_0', 'positions', (bytes) =>
    graph.operator(
      'Slice',
      [bytes, graph.longs('0', [0]), length, graph.longs('axis', [0])],
      'positions/rows',
    ),
  );
  // Akin never embeds pairs, so every token is of type 0.
  const type = dequantize(tensor('unknown_1')).subarray(0, width);
  const placed = graph.operator('Add', [positions, graph.floats('type', type, [width])], 'positions/typed');
  const embedded = graph.operator('Add', [words, placed], 'embedded');
  let smoothed = smoothingFor(activations?.[0]?.attentionInput);
  let state = graph.operator(
    'LayerNormalization',
    [embedded, ...gainOf(`${ROOT}/embeddings/LayerNorm`, smoothed)],
    'embedded/output',
    { epsilon: { float: epsilon } },
  );

  const splitHeads = graph.longs('heads', [0, 0, heads, headWidth]);
  const joinHeads = graph.longs('width', [0, 0, width]);
  const toHeads = (input: string, perm: number[]): string =>
    graph.operator(
      'Transpose',
      [graph.operator('Reshape', [input, splitHeads], `${input}/split`)],
      `${input}/heads`,
      {
        perm,
      },
    );

  const feedForward = (layer: string, range: ActivationRange | undefined): { wide: Dense; narrow: Dense } => {
    const wide = denseOf(`${layer}/intermediate/dense`);
    const narrow = denseOf(`${layer}/output/dense`);
    if (!range) return { wide, narrow };
    const steps = neuronSteps(range, innerWidth);
    return { wide: intoSteps(wide, steps), narrow: outOfSteps(narrow, steps) };
  };

  for (let index = 0; index < layers; index++) {
    const layer = `${ROOT}/encoder/layer_._${index}`;
    const ranges = activations?.[index];

    const write = denseFrom(state, ranges && smoothedRange(ranges.attentionInput), smoothed);
    const project = (name: string): string =>
      write(`${layer}/attention/self/${name}`, denseOf(`${layer}/attention/self/${name}`));
    const query = toHeads(project('query'), [0, 2, 1, 3]);
    const key = toHeads(project('key'), [0, 2, 3, 1]);
    const value = toHeads(project('value'), [0, 2, 1, 3]);
    const product = graph.operator('MatMul', [query, key], `${layer}/scores/product`);
    const scale = graph.floats('attention/scale', [1 / Math.sqrt(headWidth)]);
    const scaled = graph.operator('Mul', [product, scale], `${layer}/scores/scaled`);
    const scores = graph.operator('Add', [scaled, bias], `${layer}/scores`);
    const weights = graph.operator('Softmax', [scores], `${layer}/attention/weights`, { axis: 3 });
    const attended = graph.operator('MatMul', [weights, value], `${layer}/attended`);
    const turned = graph.operator('Transpose', [attended], `${layer}/attended/turned`, {
      perm: [0, 2, 1, 3],
    });
    const context = graph.operator('Reshape', [turned, joinHeads], `${layer}/context`);

    const output = `${layer}/attention/output`;
    const attention = denseFrom(context, ranges?.attentionOutput)(
      `${output}/dense`,
      withShift(denseOf(`${output}/dense`), smoothed),
    );
    const forward = smoothingFor(ranges?.feedForwardInput);
    const middle = normalize(`${output}/LayerNorm`, attention, unscaled(state, smoothed), forward);
    const inner = feedForward(layer, ranges?.feedForwardOutput);
    const wide = denseFrom(
      middle,
      ranges && smoothedRange(ranges.feedForwardInput),
      forward,
    )(`${layer}/intermediate/dense`, inner.wide);
    const active = graph.operator('Gelu', [wide], `${layer}/gelu`, { domain: 'com.microsoft' });
    // A step ends where the next begins.
    const stepRange = ranges && { ...ranges.feedForwardOutput, max: LARGEST_NEURON };
    const narrow = denseFrom(active, stepRange)(`${layer}/output/dense`, withShift(inner.narrow, forward));
    smoothed = smoothingFor(activations?.[index + 1]?.attentionInput);
    state = normalize(`${layer}/output/LayerNorm`, narrow, unscaled(middle, forward), smoothed);
  }
  graph.operator('Identity', [state], 'last_hidden_state');

  const traces = traced ? trace.map((name) => [name, ['batch', 'sequence', 'any']] as const) : [];
  return graph.toBytes({
    inputs: ['input_ids', 'attention_mask'],
    outputs: { last_hidden_state: ['batch', 'sequence', width], ...Object.fromEntries(traces) },
  });
}
