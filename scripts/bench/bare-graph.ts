import { join } from 'node:path';
import { planBatches } from '../../src/embedding/batches.js';
import type { LocalGraph } from '../../src/embedding/local-model.js';
import { TaskPool } from '../../src/workers/task-pool.js';
import { threadsOf } from '../../src/workers/thread.js';

/** As in src/embedding/local-embedder.ts. */
const BATCH_TOKENS = 512;

/** The graph and nothing else: `session.run` on tokens that are ready, in threads that have their share from the start. */
export class BareGraph {
  readonly #threads: TaskPool<number[][][], number>[];

  constructor(model: LocalGraph, threads: number) {
    const open = threadsOf(
      new URL('./bare-graph-thread.js', import.meta.url),
      join(model.folder, model.graphFile),
    );
    this.#threads = Array.from({ length: threads }, () => new TaskPool<number[][][], number>(1, open));
  }

  /** Tokens a second over all threads: the sorted texts are dealt out batch by batch. */
  async tokensPerSecond(texts: number[][]): Promise<number> {
    const sizes = texts.map((ids) => ids.length);
    const batches = planBatches(sizes, BATCH_TOKENS).map((batch) => batch.map((index) => texts[index] ?? []));
    const seconds = await Promise.all(
      this.#threads.map((thread, place) =>
        thread.run(batches.filter((_, index) => index % this.#threads.length === place)),
      ),
    );
    return sizes.reduce((sum, size) => sum + size, 0) / Math.max(...seconds);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}
