import { planBatches } from '../../src/embedding/batches.js';
import type { LocalGraph } from '../../src/embedding/local-model.js';
import { modelProcesses } from '../../src/embedding/model-processes.js';
import type { TaskPool } from '../../src/workers/task-pool.js';

const SCRIPT = new URL('./bare-graph-process.js', import.meta.url);

/** As in src/embedding/local-embedder.ts. */
const BATCH_TOKENS = 512;
const NICENESS = 5;

/** Rows of tokens. */
type Batch = number[][];

/** The graph and nothing else: `session.run` on tokens that lie ready, in processes that each have their share. */
export class BareGraph {
  readonly #processes: TaskPool<Batch[], number>[];

  constructor(model: LocalGraph, processes: number) {
    this.#processes = Array.from({ length: processes }, () =>
      modelProcesses<Batch[], number>(SCRIPT, model, { count: 1, niceness: NICENESS }),
    );
  }

  /** Tokens a second over all processes: the texts are sorted by length, and dealt out batch by batch. */
  async tokensPerSecond(texts: number[][]): Promise<number> {
    const sizes = texts.map((ids) => ids.length);
    const batches = planBatches(sizes, BATCH_TOKENS).map((batch) => batch.map((index) => texts[index] ?? []));
    const seconds = await Promise.all(
      this.#processes.map((one, place) =>
        one.run(batches.filter((_, index) => index % this.#processes.length === place)),
      ),
    );
    return sizes.reduce((sum, size) => sum + size, 0) / Math.max(...seconds);
  }

  async close(): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.close()));
  }
}
