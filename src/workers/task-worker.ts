import { AkinError, type ErrorCode, errorCode } from '../errors.js';
import { type Channel, END, type OpenChannel, type TaskReply } from './channel.js';

/** How long a worker may take to end by itself. */
const PATIENCE_MS = 5_000;

/** A task that was begun so often, each time in a fresh worker that then ended, is what ends them. */
const ATTEMPTS = 3;

export interface TaskWorkerOptions {
  /** A task that takes longer is rejected with `PARSE_TIMEOUT` and its worker replaced. Default: no limit. */
  timeoutMs?: number;
  /** How often a task is begun where its worker ends unexpectedly. Default: 3; 1 where tasks build on earlier ones. */
  attempts?: number;
}

interface Waiting {
  task: unknown;
  /** How often a worker ended unexpectedly while it did this one. */
  deaths: number;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** The failures of a worker that are due to the one task that it was doing. */
const TASK_FAILURES: ErrorCode[] = ['PARSE_TIMEOUT', 'OUT_OF_MEMORY', 'PROCESS_DIED'];

/** Whether a task alone was too much for its worker: other tasks may succeed, and so may a smaller one. */
export function wasTooMuch(error: unknown): boolean {
  return TASK_FAILURES.includes(errorCode(error));
}

/**
 * A worker that does tasks in the order they are given. It starts with its first task. Where it dies, a fresh one does
 * what it had not done; only a task that ends one worker after the other is rejected.
 */
export class TaskWorker<Task, Result> {
  readonly #open: OpenChannel;
  readonly #timeoutMs: number | undefined;
  readonly #attempts: number;
  /** The worker is at the first of them. */
  readonly #waiting = new Map<number, Waiting>();
  #channel: Channel | undefined;
  #ended: Promise<void> = Promise.resolve();
  #isClosed = false;
  #lastId = 0;
  #timed: { id: number; timer: NodeJS.Timeout } | undefined;

  constructor(open: OpenChannel, { timeoutMs, attempts = ATTEMPTS }: TaskWorkerOptions = {}) {
    this.#open = open;
    this.#timeoutMs = timeoutMs;
    this.#attempts = attempts;
  }

  run(task: Task): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const waiting = { task, deaths: 0, resolve: resolve as Waiting['resolve'], reject };
      if (this.#isClosed) reject(shuttingDown());
      else this.#send(++this.#lastId, waiting);
    });
  }

  /** Rejects all tasks with `CANCELLED` and ends the worker. It may finish what it is at, for some seconds. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.values()) reject(shuttingDown());
    this.#waiting.clear();
    this.#watch();
    const channel = this.#channel;
    if (!channel) return;
    channel.send(END);
    const timer = setTimeout(() => channel.kill(), PATIENCE_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  #send(id: number, waiting: Waiting): void {
    this.#waiting.set(id, waiting);
    try {
      this.#started().send({ id, task: waiting.task });
    } catch (error) {
      this.#waiting.delete(id);
      waiting.reject(error);
    }
    this.#watch();
  }

  #started(): Channel {
    if (this.#channel) return this.#channel;
    let ended = (): void => undefined;
    this.#ended = new Promise((resolve) => {
      ended = resolve;
    });
    const channel = this.#open({
      reply: (reply) => this.#settle(reply),
      ended: (error) => {
        ended();
        if (this.#channel === channel) this.#replace(error);
      },
    });
    this.#channel = channel;
    return channel;
  }

  #settle(reply: TaskReply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    this.#watch();
    if ('result' in reply) waiting.resolve(reply.result);
    else waiting.reject(revive(reply.error));
  }

  /** Has a fresh worker do what waits, but for the first task where that is to blame. */
  #replace(error: Error): void {
    this.#channel = undefined;
    const [first, ...others] = [...this.#waiting];
    this.#waiting.clear();
    this.#watch();
    if (!first) return;
    const [id, waiting] = first;
    waiting.deaths++;
    if (errorCode(error) === 'PROCESS_DIED' && waiting.deaths < this.#attempts) this.#send(id, waiting);
    else waiting.reject(error);
    for (const other of others) this.#send(...other);
  }

  /** Times the task that the worker is at. */
  #watch(): void {
    const [id] = this.#waiting.keys();
    const timeoutMs = this.#timeoutMs;
    if (timeoutMs === undefined || id === this.#timed?.id) return;
    clearTimeout(this.#timed?.timer);
    this.#timed =
      id === undefined ? undefined : { id, timer: setTimeout(() => this.#overdue(timeoutMs), timeoutMs) };
  }

  #overdue(timeoutMs: number): void {
    this.#channel?.kill();
    this.#replace(
      new AkinError(
        'PARSE_TIMEOUT',
        `It was given up after ${timeoutMs / 1000} s. Split it, or raise AKIN_FILE_TIMEOUT_MS.`,
      ),
    );
  }
}

function shuttingDown(): AkinError {
  return new AkinError('CANCELLED', 'Akin is shutting down.');
}

function revive({ code, message, stack, issues }: Extract<TaskReply, { error: unknown }>['error']): Error {
  const error =
    code === 'INTERNAL'
      ? new Error(message)
      : new AkinError(code, message, issues === undefined ? {} : { issues });
  if (stack) error.stack = stack;
  return error;
}
