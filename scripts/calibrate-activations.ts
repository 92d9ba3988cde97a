/**
 * Measures the ranges of the activations that the int8 model quantizes, with the float32 model, and writes
 * them as src/embedding/bundled/activation-ranges.ts holds them.
 *
 *   npx tsx scripts/calibrate-activations.ts FILE.jsonl…     JSON Lines of {title, text}
 *
 * Takes TEXTS texts evenly from over the files, each cut at one of LENGTHS tokens: a query is short. A channel that
 * goes beyond what src/embedding/bundled/outliers.ts takes for large is listed by itself.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BertTokenizer } from '@xenova/transformers';
import onnxruntime from 'onnxruntime-node';
import type { ActivationRange, LayerActivations } from '../src/embedding/bundled/activation-ranges.js';
import { buildMiniLm, MINILM } from '../src/embedding/bundled/minilm-graph.js';
import { LARGEST_CHANNEL, LARGEST_NEURON } from '../src/embedding/bundled/outliers.js';
import { readModelSource } from '../src/embedding/bundled/source.js';

const TEXTS = 1_000;
const LENGTHS = [8, 16, 32, 64, 128, 256];

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: calibrate-activations.ts FILE.jsonl…');
  process.exit(2);
}

const source = readModelSource();
const folder = mkdtempSync(join(tmpdir(), 'akin-calibrate-'));
const modelFile = join(folder, 'model.onnx');
writeFileSync(modelFile, buildMiniLm(source.tensors, { activations: null, traced: true }));
const session = await onnxruntime.InferenceSession.create(modelFile, { enableMemPattern: false });
rmSync(folder, { recursive: true });
const tokenizer = new BertTokenizer(
  JSON.parse(source.tokenizer.toString()),
  JSON.parse(source.tokenizerConfig.toString()),
);

/** The least and the greatest value of each channel of each activation. */
const traces = session.outputNames
  .slice(1)
  .map((name) => ({ name, min: [] as number[], max: [] as number[] }));
const texts = files.flatMap((file) => sample(file, Math.ceil(TEXTS / files.length)));
for (const [index, text] of texts.entries()) {
  const length = LENGTHS[index % LENGTHS.length] ?? 0;
  const encoded = tokenizer(text, { truncation: true, max_length: length, return_tensor: false });
  const ids = BigInt64Array.from(encoded.input_ids as number[], BigInt);
  const dims = [1, ids.length];
  const outputs = await session.run({
    input_ids: new onnxruntime.Tensor('int64', ids, dims),
    attention_mask: new onnxruntime.Tensor('int64', new BigInt64Array(ids.length).fill(1n), dims),
  });
  for (const { name, min, max } of traces) {
    const output = outputs[name];
    if (!output) throw new Error(`The graph gives no ${name}`);
    const width = output.dims.at(-1) ?? 1;
    for (const [place, value] of (output.data as Float32Array).entries()) {
      const channel = place % width;
      min[channel] = Math.min(min[channel] ?? 0, value);
      max[channel] = Math.max(max[channel] ?? 0, value);
    }
  }
}

const rounded = (value: number): number => Number(value.toFixed(2));
function rangeOf(place: number, largest: number): ActivationRange {
  const { min = [], max = [] } = traces[place] ?? {};
  const channels = min.map((least, channel) => ({
    channel,
    min: rounded(least),
    max: rounded(max[channel] ?? 0),
  }));
  const reach = (range: { min: number; max: number }): number => Math.max(-range.min, range.max);
  const usual = channels.filter((range) => reach(range) <= largest);
  return {
    min: Math.min(...usual.map((range) => range.min)),
    max: Math.max(...usual.map((range) => range.max)),
    outlying: channels.filter((range) => reach(range) > largest),
  };
}
const layers = Array.from(
  { length: MINILM.layers },
  (_, index): LayerActivations => ({
    attentionInput: rangeOf(index * 4, LARGEST_CHANNEL),
    attentionOutput: rangeOf(index * 4 + 1, Number.POSITIVE_INFINITY),
    feedForwardInput: rangeOf(index * 4 + 2, LARGEST_CHANNEL),
    feedForwardOutput: rangeOf(index * 4 + 3, LARGEST_NEURON),
  }),
);
console.log(JSON.stringify(layers));

function sample(file: string, count: number): string[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const step = Math.max(1, Math.floor(lines.length / count));
  return lines
    .filter((_, index) => index % step === 0)
    .slice(0, count)
    .map((line) => {
      const { title, text } = JSON.parse(line);
      return `${title ?? ''}\n${text}`;
    });
}
