import { TaskThread, type TaskThreadOptions } from './task-thread.js';

interface Queued<Task, Result> {
  task: Task;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Several threads of one script. A task waits until a thread is free, so that the threads hold one each and an
 * urgent task overtakes all that wait.
 */
export class TaskPool<Task, Result> {
  readonly #idle: TaskThread<Task, Result>[];
  readonly #threads: TaskThread<Task, Result>[];
  readonly #urgent: Queued<Task, Result>[] = [];
  readonly #patient: Queued<Task, Result>[] = [];

  constructor(size: number, script: URL, options: TaskThreadOptions) {
    this.#threads = Array.from({ length: size }, () => new TaskThread<Task, Result>(script, options));
    this.#idle = [...this.#threads];
  }

  get size(): number {
    return this.#threads.length;
  }

  run(task: Task, { urgent = false }: { urgent?: boolean } = {}): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      (urgent ? this.#urgent : this.#patient).push({ task, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #next(): void {
    const thread = this.#idle.pop();
    if (!thread) return;
    const queued = this.#urgent.shift() ?? this.#patient.shift();
    if (!queued) {
      this.#idle.push(thread);
      return;
    }
    thread
      .run(queued.task)
      .then(queued.resolve, queued.reject)
      .finally(() => {
        this.#idle.push(thread);
        this.#next();
      });
  }
}
