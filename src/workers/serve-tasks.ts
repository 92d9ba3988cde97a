import { Worker } from 'node:worker_threads';
import { AkinError, errorCode, errorMessage } from '../errors.js';
import { END, type TaskReply } from './channel.js';

type Message<Task> = { id: number; task: Task } | typeof END;

/** What this worker was started with. */
export function taskData<Data>(): Data {
  return JSON.parse(process.argv[2] ?? 'null');
}

/** The other side of a `TaskWorker`: does the tasks that come, one after the other. */
export function serveTasks<Task>(perform: (task: Task) => Promise<unknown>): void {
  let last = Promise.resolve();
  let isEnding = false;
  const reply = (message: TaskReply): void => void process.send?.(message);
  const take = (message: Message<Task>): void => {
    if (message === END) {
      isEnding = true;
      last = last.then(() => process.exit());
      return;
    }
    const { id, task } = message;
    last = last.then(async () => {
      if (isEnding) return;
      try {
        reply({ id, result: await perform(task) });
      } catch (error) {
        reply(failure(id, error));
      }
    });
  };
  // The terminal's Ctrl-C goes to all processes; the one that started this decides what becomes of it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit());
  process.on('message', take);
  // One that hangs does not see that it has been left behind: a thread of its own does.
  new Worker(new URL('./end-with-parent.js', import.meta.url)).unref();
}

function failure(id: number, error: unknown): TaskReply {
  const known = error instanceof AkinError && error.issues ? { issues: error.issues } : {};
  const stack = error instanceof Error && error.stack ? { stack: error.stack } : {};
  return { id, error: { code: errorCode(error), message: errorMessage(error), ...stack, ...known } };
}
