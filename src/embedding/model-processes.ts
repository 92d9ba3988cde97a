import { processesOf } from '../workers/process.js';
import { TaskPool } from '../workers/task-pool.js';
import type { LocalGraph } from './local-model.js';

/** JavaScript memory of a process that runs a model: its tokenizer's, most of all. The graph's is beside it. */
const MEMORY_MB = 1_024;

export interface ModelProcessOptions {
  count: number;
  /** How much they let others pass before them, 0 to 19. Default: 0 */
  niceness?: number;
  /** Tasks that each holds at a time. Default: 1 */
  ahead?: number;
}

/** Processes that each load a model and do the tasks that their script serves. They start with the first tasks. */
export function modelProcesses<Task, Result>(
  script: URL,
  model: LocalGraph,
  { count, niceness = 0, ...options }: ModelProcessOptions,
): TaskPool<Task, Result> {
  const own = {
    memoryMb: MEMORY_MB,
    outOfMemory: 'The model needs more memory than there is for one. Choose a smaller one with AKIN_MODEL.',
    niceness,
  };
  return new TaskPool(count, processesOf(script, model, own), options);
}
