import type { TaskPool } from '../workers/task-pool.js';
import { planBatches } from './batches.js';
import type { Embedder, ModelFingerprint, SizedText } from './embedder.js';
import type { LocalModel } from './local-model.js';
import { modelProcesses } from './model-processes.js';
import { QueryLane } from './query-lane.js';

const SCRIPT = new URL('./embedding-process.js', import.meta.url);

/** Tokens of a batch, padding included: what a run works on should stay in the processor's cache. */
const BATCH_TOKENS = 512;

/** Bulk work takes what searches leave of the processors. */
const BULK_NICENESS = 5;

/** Batches that a process holds: the next one is there before the main thread has had the time to look. */
const TASKS_AHEAD = 2;

export interface LocalEmbedderOptions {
  /** Processes for bulk work, each on one thread; queries have one of their own besides. */
  threads: number;
}

/** Embeds in processes of their own, each with its own copy of the model: queries in one, bulk work in others, which let all else pass. */
export class LocalEmbedder implements Embedder {
  readonly fingerprint: ModelFingerprint;
  readonly #model: LocalModel;
  readonly #queries: QueryLane;
  readonly #passages: TaskPool<string[], Float32Array>;

  private constructor(
    model: LocalModel,
    threads: number,
    queries: TaskPool<string[], Float32Array>,
    dimensions: number,
  ) {
    const { name, sha256, dtype, pooling, window, queryPrefix, passagePrefix } = model;
    this.fingerprint = {
      model: name,
      sha256,
      dtype,
      pooling,
      window,
      queryPrefix,
      passagePrefix,
      dimensions,
    };
    this.#model = model;
    this.#queries = new QueryLane(queries, { dimensions, shared: model.batchInvariant });
    const bulk = { count: threads, niceness: BULK_NICENESS, ahead: TASKS_AHEAD };
    this.#passages = modelProcesses(SCRIPT, model, bulk);
  }

  /**
   * Each process starts with the first work for it; a model whose dimensions are not known is run once.
   * @throws AkinError MODEL_INVALID where such a model can't be loaded
   */
  static async start(model: LocalModel, { threads }: LocalEmbedderOptions): Promise<LocalEmbedder> {
    const queries = modelProcesses<string[], Float32Array>(SCRIPT, model, { count: 1 });
    try {
      const dimensions = model.dimensions ?? (await queries.run([''])).length;
      return new LocalEmbedder(model, threads, queries, dimensions);
    } catch (error) {
      await queries.close();
      throw error;
    }
  }

  embedQuery(text: string): Promise<Float32Array> {
    return this.#queries.embed(this.#model.queryPrefix + text);
  }

  async embedPassages(texts: SizedText[], { urgent = false } = {}): Promise<Float32Array[]> {
    const { window, passagePrefix, batchInvariant } = this.#model;
    const { dimensions } = this.fingerprint;
    const budget = batchInvariant ? BATCH_TOKENS : 1;
    const vectors = new Array<Float32Array>(texts.length);
    const batches = planBatches(
      texts.map(({ tokens }) => Math.min(tokens, window)),
      budget,
    );
    await Promise.all(
      batches.map(async (batch) => {
        const inputs = batch.map((index) => passagePrefix + (texts[index]?.text ?? ''));
        const flat = await this.#passages.run(inputs, { urgent });
        batch.forEach((index, row) => {
          vectors[index] = flat.slice(row * dimensions, (row + 1) * dimensions);
        });
      }),
    );
    return vectors;
  }

  async close(): Promise<void> {
    await Promise.all([this.#queries.close(), this.#passages.close()]);
  }
}
