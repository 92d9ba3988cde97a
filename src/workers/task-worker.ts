import { AkinError } from '../errors.js';
import { type Channel, END, type OpenChannel, type TaskReply } from './channel.js';

/** How long a worker may take to end by itself. */
const PATIENCE_MS = 5_000;

export interface TaskWorkerOptions {
  /** A task that takes longer is rejected with `PARSE_TIMEOUT` and its worker replaced. Default: no limit. */
  timeoutMs?: number;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A worker that does tasks in the order they are given. It starts with its first task; where it dies, the tasks it
 * had are rejected and the next one starts another.
 */
export class TaskWorker<Task, Result> {
  readonly #open: OpenChannel;
  readonly #options: TaskWorkerOptions;
  readonly #waiting = new Map<number, Waiting>();
  #channel: Channel | undefined;
  #lastId = 0;
  #onEnd: () => void = () => undefined;

  constructor(open: OpenChannel, options: TaskWorkerOptions = {}) {
    this.#open = open;
    this.#options = options;
  }

  async run(task: Task): Promise<Result> {
    const channel = this.#started();
    const id = ++this.#lastId;
    const { timeoutMs } = this.#options;
    return new Promise<Result>((resolve, reject) => {
      const timer =
        timeoutMs === undefined ? undefined : setTimeout(() => this.#overdue(timeoutMs), timeoutMs);
      this.#waiting.set(id, { resolve: (result) => resolve(result as Result), reject, timer });
      channel.send({ id, task });
    });
  }

  /** Rejects the tasks that are under way with `CANCELLED` and ends the worker. It may finish what it is at, for some seconds. */
  async close(): Promise<void> {
    const channel = this.#channel;
    if (!channel) return;
    this.#reject(new AkinError('CANCELLED', 'Akin is shutting down.'));
    const ended = new Promise<void>((resolve) => {
      this.#onEnd = resolve;
    });
    channel.send(END);
    const timer = setTimeout(() => channel.kill(), PATIENCE_MS);
    await ended;
    clearTimeout(timer);
  }

  #started(): Channel {
    if (this.#channel) return this.#channel;
    const channel = this.#open({
      reply: (reply) => this.#settle(reply),
      ended: (error) => {
        this.#onEnd();
        if (this.#channel !== channel) return;
        this.#channel = undefined;
        this.#reject(error);
      },
    });
    this.#channel = channel;
    return channel;
  }

  #settle(reply: TaskReply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    clearTimeout(waiting.timer);
    if ('result' in reply) waiting.resolve(reply.result);
    else waiting.reject(revive(reply.error));
  }

  #overdue(timeoutMs: number): void {
    const channel = this.#channel;
    this.#channel = undefined;
    this.#reject(new AkinError('PARSE_TIMEOUT', `It was given up after ${timeoutMs / 1000} s.`));
    channel?.kill();
  }

  #reject(error: Error): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#waiting.clear();
  }
}

function revive({ code, message, stack, issues }: Extract<TaskReply, { error: unknown }>['error']): Error {
  const error =
    code === 'INTERNAL'
      ? new Error(message)
      : new AkinError(code, message, issues === undefined ? {} : { issues });
  if (stack) error.stack = stack;
  return error;
}
