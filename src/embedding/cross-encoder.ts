import { basename, join } from 'node:path';
import { AutoConfig, BertForSequenceClassification, type PreTrainedTokenizer } from '@xenova/transformers';
import { AkinError, errorMessage } from '../errors.js';
import { openGraph, paddedTensor } from './encoder-graph.js';
import type { LocalGraph } from './local-model.js';
import { loadTokenizer, tokenIds } from './sentence-encoder.js';

/** A longer question would leave no room for the passage. */
const LONGEST_QUERY_SHARE = 1 / 2;

interface Pair {
  ids: number[];
  /** Which text each token is of: 0 the query, 1 the passage. */
  types: number[];
}

/** A cross-encoder on one thread of onnxruntime: reads a query and a passage together, and says how well they fit. */
export class CrossEncoder {
  readonly #model: LocalGraph;
  readonly #tokenizer: PreTrainedTokenizer;
  readonly #network: BertForSequenceClassification;

  private constructor(
    model: LocalGraph,
    tokenizer: PreTrainedTokenizer,
    network: BertForSequenceClassification,
  ) {
    this.#model = model;
    this.#tokenizer = tokenizer;
    this.#network = network;
  }

  /**
   * Loads a model and scores a pair with it, to see that it can.
   * @throws AkinError MODEL_INVALID where the folder holds nothing that transformers.js and onnxruntime load, or a
   *   model that scores no pairs
   */
  static async load(model: LocalGraph): Promise<CrossEncoder> {
    try {
      const tokenizer = await loadTokenizer(model.folder);
      const config = await AutoConfig.from_pretrained(basename(model.folder), { local_files_only: true });
      const session = await openGraph(join(model.folder, model.graphFile));
      // Every classifier takes this class's way: the inputs that its graph names, and logits back.
      const encoder = new CrossEncoder(model, tokenizer, new BertForSequenceClassification(config, session));
      await encoder.score('', ['']);
      return encoder;
    } catch (error) {
      throw new AkinError(
        'MODEL_INVALID',
        `The reranker in ${model.folder} can't be used (${errorMessage(error)}). AKIN_RERANKER must name a cross-encoder with one or two classes, with config.json, tokenizer.json, tokenizer_config.json and ${model.graphFile}; without AKIN_RERANKER searches go without one.`,
        { cause: error },
      );
    }
  }

  /**
   * How well each passage answers a query, 0..1: the sigmoid of the logit where the model has one, the last class's
   * part where it has two. A pair longer than the window loses the passage's end.
   */
  async score(query: string, passages: string[]): Promise<number[]> {
    const short = this.#shortened(query);
    const pairs = passages.map((passage) => this.#pair(short, passage));
    const batches = this.#model.batchInvariant ? [pairs] : pairs.map((pair) => [pair]);
    const scores: number[] = [];
    for (const batch of batches) scores.push(...(await this.#run(batch)));
    return scores;
  }

  async #run(pairs: Pair[]): Promise<number[]> {
    const ids = pairs.map((pair) => pair.ids);
    const { logits } = await this.#network({
      input_ids: paddedTensor(ids, this.#tokenizer.pad_token_id ?? 0),
      attention_mask: paddedTensor(
        ids.map((row) => row.map(() => 1)),
        0,
      ),
      token_type_ids: paddedTensor(
        pairs.map(({ types }) => types),
        0,
      ),
    });
    if (!logits) throw new Error('its graph has no output named logits');
    const { data, dims } = logits;
    return pairs.map((_, row) => probability(data as Float32Array, row, dims.at(-1)));
  }

  #pair(query: string, passage: string): Pair {
    const { input_ids: ids, token_type_ids: types } = this.#tokenizer(query, {
      text_pair: passage,
      padding: false,
      truncation: false,
      return_tensor: false,
      return_token_type_ids: true,
    }) as { input_ids: number[]; token_type_ids?: number[] };
    const kept = (row: number[]): number[] =>
      row.length <= this.#model.window
        ? row
        : // The last token ends the pair, and the model was taught that it does.
          [...row.slice(0, this.#model.window - 1), ...row.slice(-1)];
    return { ids: kept(ids), types: kept(types ?? ids.map(() => 0)) };
  }

  #shortened(query: string): string {
    const most = Math.floor(this.#model.window * LONGEST_QUERY_SHARE);
    const ids = tokenIds(this.#tokenizer, query);
    return ids.length <= most ? query : this.#tokenizer.decode(ids.slice(0, most));
  }
}

function probability(logits: Float32Array, row: number, classes: number | undefined): number {
  if (classes !== 1 && classes !== 2) throw new Error(`it has ${classes} classes`);
  const last = logits[row * classes + classes - 1] ?? Number.NaN;
  // The softmax of two logits is the sigmoid of their difference.
  const other = classes === 2 ? (logits[row * classes] ?? Number.NaN) : 0;
  const score = 1 / (1 + Math.exp(other - last));
  if (Number.isNaN(score)) throw new Error('it gives what is no number');
  return score;
}
