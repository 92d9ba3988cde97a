import { basename, dirname, join } from 'node:path';
import {
  AutoConfig,
  AutoTokenizer,
  BertModel,
  env,
  type PreTrainedTokenizer,
  type Tensor,
} from '@xenova/transformers';
import { AkinError, errorMessage } from '../errors.js';
import { openGraph, paddedTensor } from './encoder-graph.js';
import type { LocalModel } from './local-model.js';

/** The tokenizer of a model folder, as transformers.js loads it. */
export async function loadTokenizer(folder: string): Promise<PreTrainedTokenizer> {
  useLocalFiles(folder);
  return AutoTokenizer.from_pretrained(basename(folder), { local_files_only: true });
}

/** The tokens of a text without the special ones. */
export function tokenIds(tokenizer: PreTrainedTokenizer, text: string): number[] {
  return tokenizer(text, {
    add_special_tokens: false,
    return_tensor: false,
    padding: false,
    truncation: false,
  }).input_ids as number[];
}

/** A sentence transformer on one thread of onnxruntime: texts in, unit vectors out. */
export class SentenceEncoder {
  readonly #model: LocalModel;
  readonly #tokenizer: PreTrainedTokenizer;
  readonly #network: BertModel;

  private constructor(model: LocalModel, tokenizer: PreTrainedTokenizer, network: BertModel) {
    this.#model = model;
    this.#tokenizer = tokenizer;
    this.#network = network;
  }

  /** @throws AkinError MODEL_INVALID where the folder holds nothing that transformers.js and onnxruntime load */
  static async load(model: LocalModel): Promise<SentenceEncoder> {
    try {
      const tokenizer = await loadTokenizer(model.folder);
      const config = await AutoConfig.from_pretrained(basename(model.folder), { local_files_only: true });
      const session = await openGraph(join(model.folder, model.graphFile));
      // Every encoder takes BertModel's way: all inputs to the graph, all outputs back.
      return new SentenceEncoder(model, tokenizer, new BertModel(config, session));
    } catch (error) {
      throw new AkinError(
        'MODEL_INVALID',
        `The model in ${model.folder} can't be loaded (${errorMessage(error)}). It needs config.json, tokenizer.json, tokenizer_config.json and ${model.graphFile}.`,
        { cause: error },
      );
    }
  }

  /** Embeds texts in one run of the graph; [texts × dimensions] floats. Longer texts are cut at the window. */
  async encode(texts: string[]): Promise<Float32Array> {
    const tokens = texts.map((text) => this.#tokensOf(text));
    const length = Math.max(...tokens.map((ids) => ids.length));
    const output = await this.#network(this.#inputs(tokens));
    const { data, dims } = output.last_hidden_state ?? output.token_embeddings;
    const width = dims.at(-1) as number;
    const vectors = new Float32Array(texts.length * width);
    for (const [row, ids] of tokens.entries()) {
      const vector = vectors.subarray(row * width, (row + 1) * width);
      const counted = this.#model.pooling === 'cls' ? 1 : ids.length;
      const states = (data as Float32Array).subarray(row * length * width, (row * length + counted) * width);
      addStates(vector, states);
      normalize(vector);
    }
    return vectors;
  }

  #tokensOf(text: string): number[] {
    // The tokenizer's own padding would fill every text up to the window.
    const options = {
      truncation: true,
      max_length: this.#model.window,
      padding: false,
      return_tensor: false,
    };
    return this.#tokenizer(text, options).input_ids as number[];
  }

  #inputs(tokens: number[][]): Record<string, Tensor> {
    return {
      input_ids: paddedTensor(tokens, this.#tokenizer.pad_token_id ?? 0),
      attention_mask: paddedTensor(
        tokens.map((ids) => ids.map(() => 1)),
        0,
      ),
    };
  }
}

/** Sums the states of a text's tokens: the mean but for its length, which is set afterwards. */
function addStates(vector: Float32Array, states: Float32Array): void {
  const width = vector.length;
  for (let offset = 0; offset < states.length; offset += width) {
    for (let i = 0; i < width; i++) vector[i] = (vector[i] as number) + (states[offset + i] as number);
  }
}

function normalize(vector: Float32Array): void {
  const length = Math.hypot(...vector) || 1;
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / length;
}

function useLocalFiles(folder: string): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = `${dirname(folder)}/`;
}
