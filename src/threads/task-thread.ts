import { Worker } from 'node:worker_threads';
import { AkinError, type ErrorCode, type ErrorIssue, errorMessage } from '../errors.js';

/** What a thread sends back for a task: its result, or its error in a form that survives the way. */
export type TaskReply =
  | { id: number; result: unknown }
  | { id: number; error: { code: ErrorCode; message: string; stack?: string; issues?: ErrorIssue[] } };

/** The message that ends a thread once it has done what it is at. */
export const END = 'end';
/** How long a thread may take to end by itself. */
const PATIENCE_MS = 5_000;

export interface TaskThreadOptions {
  /** Given to the script as `workerData`. */
  data: unknown;
  /** A task that takes longer is rejected with `PARSE_TIMEOUT` and its thread replaced. Default: no limit. */
  timeoutMs?: number;
  /** JavaScript memory of the thread, in megabytes; it ends when it needs more. Default: the process's own. */
  memoryMb?: number;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A worker thread that does tasks in the order they are given. It starts with its first task; where it dies,
 * the tasks it had are rejected and the next one starts another.
 */
export class TaskThread<Task, Result> {
  readonly #script: URL;
  readonly #options: TaskThreadOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;

  constructor(script: URL, options: TaskThreadOptions) {
    this.#script = script;
    this.#options = options;
  }

  run(task: Task, transfer: ArrayBuffer[] = []): Promise<Result> {
    const worker = this.#started();
    const id = ++this.#lastId;
    const { timeoutMs } = this.#options;
    return new Promise<Result>((resolve, reject) => {
      const timer =
        timeoutMs === undefined ? undefined : setTimeout(() => this.#overdue(timeoutMs), timeoutMs);
      this.#waiting.set(id, { resolve: (result) => resolve(result as Result), reject, timer });
      worker.postMessage({ id, task }, transfer);
    });
  }

  /**
   * Rejects the tasks that are under way with `CANCELLED` and ends the thread. It may finish what it is at, for some
   * seconds: native code that is stopped in the middle can take the process with it.
   */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#drop(new AkinError('CANCELLED', 'Akin is shutting down.'));
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage(END);
    const timer = setTimeout(() => void worker.terminate(), PATIENCE_MS);
    await ended;
    clearTimeout(timer);
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    // Options that fit the main script, such as --input-type, need not fit this one.
    const { data, memoryMb } = this.#options;
    const resourceLimits = memoryMb === undefined ? {} : { maxOldGenerationSizeMb: memoryMb };
    const worker = new Worker(this.#script, { workerData: data, execArgv: [], resourceLimits });
    const died = (error: Error): void => {
      if (this.#worker === worker) this.#drop(error);
    };
    worker.on('message', (reply: TaskReply) => this.#settle(reply));
    worker.on('error', (error) => died(foreseen(error)));
    worker.on('messageerror', died);
    worker.on('exit', (code) =>
      died(new Error(`A worker thread ended unexpectedly with exit code ${code}.`)),
    );
    this.#worker = worker;
    return worker;
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
    const worker = this.#worker;
    this.#drop(new AkinError('PARSE_TIMEOUT', `It was given up after ${timeoutMs / 1000} s.`));
    worker?.terminate().catch((error: unknown) => process.emitWarning(errorMessage(error)));
  }

  #drop(error: Error): void {
    this.#worker = undefined;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#waiting.clear();
  }
}

function foreseen(error: Error): Error {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new AkinError(
    'OUT_OF_MEMORY',
    'It needs more memory than one file may have. Split it, or raise AKIN_READER_MEMORY_MB.',
    { cause: error },
  );
}

function revive({ code, message, stack, issues }: Extract<TaskReply, { error: unknown }>['error']): Error {
  const error =
    code === 'INTERNAL'
      ? new Error(message)
      : new AkinError(code, message, issues === undefined ? {} : { issues });
  if (stack) error.stack = stack;
  return error;
}
