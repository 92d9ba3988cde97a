import { AkinError } from '../errors.js';
import type { OpenChannel } from './channel.js';
import { TaskWorker, type TaskWorkerOptions } from './task-worker.js';

interface Queued<Task, Result> {
  task: Task;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Several workers of one kind. A task waits until a worker is free, so that the workers hold one each and an
 * urgent task overtakes all that wait.
 */
export class TaskPool<Task, Result> {
  readonly #idle: TaskWorker<Task, Result>[];
  readonly #workers: TaskWorker<Task, Result>[];
  readonly #urgent: Queued<Task, Result>[] = [];
  readonly #patient: Queued<Task, Result>[] = [];

  constructor(size: number, open: OpenChannel, options: TaskWorkerOptions = {}) {
    this.#workers = Array.from({ length: size }, () => new TaskWorker<Task, Result>(open, options));
    this.#idle = [...this.#workers];
  }

  get size(): number {
    return this.#workers.length;
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
    const worker = this.#idle.pop();
    if (!worker) return;
    const queued = this.#urgent.shift() ?? this.#patient.shift();
    if (!queued) {
      this.#idle.push(worker);
      return;
    }
    worker
      .run(queued.task)
      .then(queued.resolve, queued.reject)
      .finally(() => {
        this.#idle.push(worker);
        this.#next();
      });
  }
}
