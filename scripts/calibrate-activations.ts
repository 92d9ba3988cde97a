/**
 * Measures the ranges of the activations that the int8 model quantizes, with the float32 model, and writes
 * them as src/embedding/bundled/activation-ranges.ts holds them.
 *
 *   npx tsx scripts/calibrate-activations.ts FILE.jsonl…     JSON Lines of {title, text}
 *
 * Takes TEXTS texts evenly from over the files, each cut at the model's window.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BertTokenizer } from '@xenova/transformers';
import onnxruntime from 'onnxruntime-node';
import type { ActivationRange, LayerActivations } from '../src/embedding/bundled/activation-ranges.js';
import { buildMiniLm, MINILM } from '../src/embedding/bundled/minilm-graph.js';
import { readModelSource } from '../src/embedding/bundled/source.js';

const TEXTS = 400;
const WINDOW = 256;

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

const ranges = session.outputNames.slice(1).map((name) => ({ name, min: 0, max: 0 }));
for (const text of files.flatMap((file) => sample(file, Math.ceil(TEXTS / files.length)))) {
  const encoded = tokenizer(text, { truncation: true, max_length: WINDOW, return_tensor: false });
  const ids = BigInt64Array.from(encoded.input_ids as number[], BigInt);
  const dims = [1, ids.length];
  const outputs = await session.run({
    input_ids: new onnxruntime.Tensor('int64', ids, dims),
    attention_mask: new onnxruntime.Tensor('int64', new BigInt64Array(ids.length).fill(1n), dims),
  });
  for (const range of ranges) {
    const { data } = outputs[range.name] ?? { data: [] };
    for (const value of data as Float32Array) {
      if (value < range.min) range.min = value;
      else if (value > range.max) range.max = value;
    }
  }
}

const rounded = ({ min, max }: ActivationRange): ActivationRange => ({
  min: Number(min.toFixed(4)),
  max: Number(max.toFixed(4)),
});
const layers: LayerActivations[] = Array.from({ length: MINILM.layers }, (_, index) => {
  const [attentionInput, attentionOutput, feedForwardInput, feedForwardOutput] = ranges
    .slice(index * 4, index * 4 + 4)
    .map(rounded);
  if (!attentionInput || !attentionOutput || !feedForwardInput || !feedForwardOutput)
    throw new Error('no trace');
  return { attentionInput, attentionOutput, feedForwardInput, feedForwardOutput };
});
console.log(JSON.stringify(layers, null, 2));

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
