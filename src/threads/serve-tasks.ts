import { parentPort } from 'node:worker_threads';
import { AkinError, errorCode, errorMessage } from '../errors.js';
import { END, type TaskReply } from './task-thread.js';

/** What a task gives: its result and the buffers in it that need not be copied. */
export interface TaskOutcome {
  result: unknown;
  transfer?: ArrayBuffer[];
}

/** The other side of a `TaskThread`: does the tasks that come, one after the other. */
export function serveTasks<Task>(perform: (task: Task) => Promise<TaskOutcome>): void {
  const port = parentPort;
  if (!port) throw new Error('serveTasks runs in a worker thread only');
  let last = Promise.resolve();
  let isEnding = false;
  port.on('message', (message: { id: number; task: Task } | typeof END) => {
    if (message === END) {
      isEnding = true;
      last = last.then(() => process.exit());
      return;
    }
    const { id, task } = message;
    last = last.then(async () => {
      if (isEnding) return;
      try {
        const { result, transfer = [] } = await perform(task);
        port.postMessage({ id, result } satisfies TaskReply, transfer);
      } catch (error) {
        port.postMessage(failure(id, error));
      }
    });
  });
}

function failure(id: number, error: unknown): TaskReply {
  const known = error instanceof AkinError && error.issues ? { issues: error.issues } : {};
  const stack = error instanceof Error && error.stack ? { stack: error.stack } : {};
  return { id, error: { code: errorCode(error), message: errorMessage(error), ...stack, ...known } };
}
