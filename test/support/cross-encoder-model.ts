import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config.js';
import { GraphWriter } from '../../src/embedding/bundled/graph-writer.js';
import { type Dtype, GRAPH_FILES, installBundledModel } from '../../src/embedding/bundled/install.js';
import { loadTokenizer, tokenIds } from '../../src/embedding/sentence-encoder.js';

/** Types of ONNX, as Cast takes them. */
const FLOAT = 1;
const INT64 = 7;

/** Wide enough that one product of two such matrices takes many milliseconds on any machine. */
const SLOW_WIDTH = 1_500;

export interface CrossEncoderShape {
  /** A word of one token: each one in a passage adds 8 to the logit, which is -4 without. */
  wanted: string;
  /** A word of one token; a pair with it ends the run with an error. */
  breaking: string;
  /** Whether the graph takes token types; without, the query's words count too. Default: true */
  tokenTypes?: boolean;
  /** Default: 1 */
  classes?: 1 | 2 | 3;
  /** Default: false */
  slow?: boolean;
  /** Which type the graph is filed under; its numbers are floats in any case. Default: int8 */
  dtype?: Dtype;
}

/** Writes a cross-encoder with the bundled model's tokenizer into a folder, in the layout of transformers.js. */
export async function writeCrossEncoder(folder: string, shape: CrossEncoderShape): Promise<void> {
  const source = await installBundledModel(loadConfig().config.models, 'int8');
  const tokenizer = await loadTokenizer(source);
  const idOf = (word: string): number => {
    const [id, ...more] = tokenIds(tokenizer, word);
    if (id === undefined || more.length > 0) throw new Error(`"${word}" is not one token`);
    return id;
  };
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    copyFileSync(join(source, name), join(folder, name));
  const config = {
    architectures: ['BertForSequenceClassification'],
    model_type: 'bert',
    max_position_embeddings: 512,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  writeFileSync(
    join(folder, GRAPH_FILES[shape.dtype ?? 'int8']),
    graphOf(shape, idOf(shape.wanted), idOf(shape.breaking)),
  );
}

function graphOf(
  { tokenTypes = true, classes = 1, slow = false }: CrossEncoderShape,
  wanted: number,
  breaking: number,
): Uint8Array {
  const graph = new GraphWriter();
  const rows = graph.longs('rows', [1]);
  /** For each row of tokens how many are this one, [batch × 1]. */
  const count = (id: number, name: string, among: string[]): string => {
    const same = graph.operator('Equal', ['input_ids', graph.longs(`${name}_id`, [id])], `${name}_same`);
    const ones = graph.operator('Cast', [same], `${name}_ones`, { to: INT64 });
    const counted = among.reduce(
      (product, other) => graph.operator('Mul', [product, other], `${name}_in_${other}`),
      ones,
    );
    return graph.operator('ReduceSum', [counted, rows], `${name}_count`);
  };
  const found = count(wanted, 'wanted', tokenTypes ? ['token_type_ids'] : []);
  // Beyond the one number of this constant there is nothing to gather.
  const zeros = graph.operator(
    'Gather',
    [graph.floats('zero', [0], [1]), count(breaking, 'breaking', ['attention_mask'])],
    'zeros',
  );
  const counted = graph.operator('Cast', [found], 'counted', { to: FLOAT });
  const scaled = graph.operator('Mul', [counted, graph.floats('slope', [8])], 'scaled');
  const shifted = graph.operator('Add', [scaled, graph.floats('shift', [-4])], 'shifted');
  const sound = graph.operator('Add', [shifted, zeros], 'sound');
  const logit = slow ? graph.operator('Add', [sound, slowZero(graph, counted)], 'late') : sound;
  const none = graph.operator('Sub', [logit, logit], 'none');
  graph.operator('Concat', [...Array<string>(classes - 1).fill(none), logit], 'logits', { axis: 1 });
  return graph.toBytes({
    inputs: ['input_ids', 'attention_mask', ...(tokenTypes ? ['token_type_ids'] : [])],
    outputs: { logits: ['batch', classes] },
  });
}

/** A nought that takes long; it is made of the input, so that it can't be worked out beforehand. */
function slowZero(graph: GraphWriter, counted: string): string {
  const least = graph.operator('ReduceMin', [counted], 'least', { keepdims: 0 });
  const square = graph.operator(
    'Expand',
    [least, graph.longs('square', [SLOW_WIDTH, SLOW_WIDTH])],
    'expanded',
  );
  const product = graph.operator('MatMul', [square, square], 'product');
  const most = graph.operator('ReduceMax', [product], 'most', { keepdims: 0 });
  return graph.operator('Mul', [most, graph.floats('nothing', [0])], 'slow_zero');
}
