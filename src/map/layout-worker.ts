import { processesOf } from '../workers/process.js';
import { TaskPool } from '../workers/task-pool.js';
import type { Layout } from './layout.js';

const SCRIPT = new URL('./layout-process.js', import.meta.url);
const MEMORY_MB = 1_024;
/** It takes seconds to minutes: whatever else there is to do passes before it. */
const NICENESS = 15;

/** Vectors to lay out, in portions, then as many asks to go on as it takes. */
export type LayoutTask = { type: 'add'; vectors: Float32Array[] } | { type: 'go-on' };

/** How much is done, 0 to 1, and at the end the layout. */
export interface LayoutReply {
  done: number;
  layout?: Layout;
}

/** Lays documents out in a process of its own, which ends with the layout. */
export class LayoutWorker {
  readonly #process = new TaskPool<LayoutTask, LayoutReply>(
    1,
    processesOf(SCRIPT, null, {
      memoryMb: MEMORY_MB,
      outOfMemory: 'The map could not be drawn for want of memory.',
      niceness: NICENESS,
    }),
    // A fresh process has none of the vectors.
    { attempts: 1 },
  );

  async add(vectors: Float32Array[]): Promise<void> {
    await this.#process.run({ type: 'add', vectors });
  }

  /** @param onProgress told how much is done, 0 to 1 */
  async layOut(onProgress: (done: number) => void): Promise<Layout> {
    for (;;) {
      const { done, layout } = await this.#process.run({ type: 'go-on' });
      onProgress(done);
      if (layout) return layout;
    }
  }

  /** Ends the process; what is under way is rejected with `CANCELLED`. */
  close(): Promise<void> {
    return this.#process.close();
  }
}
