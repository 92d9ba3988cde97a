import { basename, dirname, join } from 'node:path';
import {
  AutoConfig,
  AutoTokenizer,
  BertModel,
  env,
  FeatureExtractionPipeline,
  pipeline,
} from '@xenova/transformers';
import hnswlib from 'hnswlib-node';
import onnxruntime from 'onnxruntime-node';
import type { LocalModel } from '../../src/embedding/local-model.js';

const BATCH = 32;
/** As in src/vector-index/hnsw-graph.ts. */
const HNSW = { m: 16, efConstruction: 200, randomSeed: 100 };

/**
 * What most programs do: `pipeline('feature-extraction')` on batches of 32 in the order in which the texts come, mean
 * pooling and normalisation by transformers.js, and `addPoint` one after the other.
 */
export class UsualWay {
  readonly #extract: FeatureExtractionPipeline;
  readonly #index: hnswlib.HierarchicalNSW;
  #added = 0;

  private constructor(extract: FeatureExtractionPipeline, dimensions: number, capacity: number) {
    this.#extract = extract;
    this.#index = new hnswlib.HierarchicalNSW('ip', dimensions);
    this.#index.initIndex({ maxElements: capacity, ...HNSW });
  }

  /** @param threads of onnxruntime; null leaves it to its default, as the pipeline does */
  static async load(model: LocalModel, capacity: number, threads: number | null): Promise<UsualWay> {
    const name = basename(model.folder);
    env.allowRemoteModels = false;
    env.localModelPath = `${dirname(model.folder)}/`;
    const quantized = model.dtype === 'int8';
    const extract =
      threads === null
        ? await pipeline('feature-extraction', name, { quantized })
        : new FeatureExtractionPipeline({
            task: 'feature-extraction',
            model: new BertModel(
              await AutoConfig.from_pretrained(name),
              await onnxruntime.InferenceSession.create(join(model.folder, model.graphFile), {
                intraOpNumThreads: threads,
              }),
            ),
            tokenizer: await AutoTokenizer.from_pretrained(name),
          });
    const probe = await extract('', { pooling: 'mean', normalize: true });
    return new UsualWay(extract, probe.dims.at(-1) ?? 0, capacity);
  }

  async ingest(texts: string[]): Promise<void> {
    for (let first = 0; first < texts.length; first += BATCH) {
      const batch = texts.slice(first, first + BATCH);
      const vectors = await this.#extract(batch, { pooling: 'mean', normalize: true });
      for (const vector of vectors.tolist() as number[][]) this.#index.addPoint(vector, this.#added++);
    }
  }
}
