import { AkinError } from '../errors.js';
import type { OpenChannel } from './channel.js';
import { TaskWorker, type TaskWorkerOptions } from './task-worker.js';

interface Queued<Task, Result> {
  task: Task;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

export interface TaskPoolOptions extends TaskWorkerOptions {
  /**
   * Tasks that a worker holds at a time. With two it goes on without waiting for this thread; an urgent task then waits
   * for both, and a time limit counts from when a task was handed over. Default: 1
   */
  ahead?: number;
  /** Whether there is one more worker, for urgent tasks that the others are too busy for. Default: false */
  spare?: boolean;
}

/**
 * Several workers of one kind. A task waits until a worker has room for it, so that an urgent task overtakes all that
 * wait.
 */
export class TaskPool<Task, Result> {
  readonly #ahead: number;
  /** How many of the workers do any task; one after them is the spare one. */
  readonly #size: number;
  readonly #workers: TaskWorker<Task, Result>[];
  /** How many tasks each worker holds. */
  readonly #held: number[];
  readonly #urgent: Queued<Task, Result>[] = [];
  readonly #patient: Queued<Task, Result>[] = [];

  constructor(
    size: number,
    open: OpenChannel,
    { ahead = 1, spare = false, ...options }: TaskPoolOptions = {},
  ) {
    this.#ahead = ahead;
    this.#size = size;
    const length = size + (spare ? 1 : 0);
    this.#workers = Array.from({ length }, () => new TaskWorker<Task, Result>(open, options));
    this.#held = this.#workers.map(() => 0);
  }

  run(task: Task, { urgent = false }: { urgent?: boolean } = {}): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      (urgent ? this.#urgent : this.#patient).push({ task, resolve, reject });
      this.#next();
    });
  }

  /** Ends the workers; tasks that are under way or wait are rejected with `CANCELLED`. */
  async close(): Promise<void> {
    const cancelled = new AkinError('CANCELLED', 'Akin is shutting down.');
    for (const { reject } of [...this.#urgent.splice(0), ...this.#patient.splice(0)]) reject(cancelled);
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  #next(): void {
    const held = this.#urgent.length > 0 ? this.#held : this.#held.slice(0, this.#size);
    const least = Math.min(...held);
    const place = held.indexOf(least);
    const worker = this.#workers[place];
    if (!worker || least >= this.#ahead) return;
    const queued = this.#urgent.shift() ?? this.#patient.shift();
    if (!queued) return;
    this.#held[place] = least + 1;
    worker
      .run(queued.task)
      .then(queued.resolve, queued.reject)
      .finally(() => {
        this.#held[place] = (this.#held[place] ?? 1) - 1;
        this.#next();
      });
  }
}
