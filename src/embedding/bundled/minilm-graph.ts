import type { ActivationRange, LayerActivations } from './activation-ranges.js';
import { GraphWriter } from './graph-writer.js';
import { dequantize, type QuantizedTensor, toSigned, zeroPoint } from './tensors.js';

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
 * ranges a text's result does not depend on what else is in its batch, as it would if each batch set its own.
 */
export function buildMiniLm(
  tensors: Map<string, QuantizedTensor>,
  { activations, traced = false }: GraphOptions,
): Uint8Array {
  const graph = new GraphWriter();
  const { layers, heads, width, epsilon } = MINILM;
  const headWidth = width / heads;
  const trace: string[] = [];

  const tensor = (name: string): QuantizedTensor => {
    const found = tensors.get(name);
    if (!found) throw new Error(`The model has no weight ${name}`);
    return found;
  };
  const vector = (name: string): string => graph.floats(name, dequantize(tensor(name)), tensor(name).shape);

  /** Rows of an embedding table, kept in 8 bits and widened after they are looked up. */
  const table = (name: string, output: string, look: (bytes: string) => string): string => {
    const { bytes, shape, scale } = tensor(name);
    const rows = look(graph.uint8s(name, bytes, shape));
    const zero = graph.uint8s(`${output}/zero`, [zeroPoint(tensor(name))]);
    return graph.operator('DequantizeLinear', [rows, graph.floats(`${output}/scale`, [scale]), zero], output);
  };

  const normalize = (name: string, input: string, skip: string): string =>
    graph.operator(
      'SkipLayerNormalization',
      [
        input,
        skip,
        vector(`${name}/batchnorm/mul/ReadVariableOp`),
        vector(`${name}/batchnorm/ReadVariableOp`),
      ],
      `${name}/output`,
      { domain: 'com.microsoft', epsilon: { float: epsilon } },
    );

  /** Gives the dense layers that read `input`; in 8 bits they share its one quantization. */
  const denseFrom = (input: string, range: ActivationRange | undefined): ((name: string) => string) => {
    trace.push(input);
    if (!range) {
      return (name) => {
        const weight = tensor(`${name}/Tensordot/ReadVariableOp`);
        const weights = graph.floats(`${name}/weights`, dequantize(weight), weight.shape);
        const product = graph.operator('MatMul', [input, weights], `${name}/product`);
        return graph.operator('Add', [product, vector(`${name}/BiasAdd/ReadVariableOp`)], `${name}/output`);
      };
    }
    const step = (range.max - range.min) / 255;
    const scale = graph.floats(`${input}/scale`, [step]);
    const zero = graph.uint8s(`${input}/zero`, [Math.round(-range.min / step)]);
    const quantized = graph.operator('QuantizeLinear', [input, scale, zero], `${input}/quantized`);
    return (name) => {
      const weight = tensor(`${name}/Tensordot/ReadVariableOp`);
      return graph.operator(
        'MatMulIntegerToFloat',
        [
          quantized,
          graph.int8s(`${name}/weights`, toSigned(weight), weight.shape),
          scale,
          graph.floats(`${name}/weights/scale`, [weight.scale]),
          zero,
          graph.int8s(`${name}/weights/zero`, [zeroPoint(weight) - 128]),
          vector(`${name}/BiasAdd/ReadVariableOp`),
        ],
        `${name}/output`,
        { domain: 'com.microsoft' },
      );
    };
  };

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
  const embeddingNorm = `${ROOT}/embeddings/LayerNorm/batchnorm`;
  let state = graph.operator(
    'LayerNormalization',
    [embedded, vector(`${embeddingNorm}/mul/ReadVariableOp`), vector(`${embeddingNorm}/ReadVariableOp`)],
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

  for (let index = 0; index < layers; index++) {
    const layer = `${ROOT}/encoder/layer_._${index}`;
    const ranges = activations?.[index];

    const project = denseFrom(state, ranges?.attentionInput);
    const query = toHeads(project(`${layer}/attention/self/query`), [0, 2, 1, 3]);
    const key = toHeads(project(`${layer}/attention/self/key`), [0, 2, 3, 1]);
    const value = toHeads(project(`${layer}/attention/self/value`), [0, 2, 1, 3]);
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

    const attention = denseFrom(context, ranges?.attentionOutput)(`${layer}/attention/output/dense`);
    const middle = normalize(`${layer}/attention/output/LayerNorm`, attention, state);
    const wide = denseFrom(middle, ranges?.feedForwardInput)(`${layer}/intermediate/dense`);
    const active = graph.operator('Gelu', [wide], `${layer}/gelu`, { domain: 'com.microsoft' });
    const narrow = denseFrom(active, ranges?.feedForwardOutput)(`${layer}/output/dense`);
    state = normalize(`${layer}/output/LayerNorm`, narrow, middle);
  }
  graph.operator('Identity', [state], 'last_hidden_state');

  const traces = traced ? trace.map((name) => [name, ['batch', 'sequence', 'any']] as const) : [];
  return graph.toBytes({
    inputs: ['input_ids', 'attention_mask'],
    outputs: { last_hidden_state: ['batch', 'sequence', width], ...Object.fromEntries(traces) },
  });
}
