import type { Akin } from './akin.js';
import { errorCode } from './errors.js';

/** How an index is opened, and how long it stays so. */
export interface OnDemandOptions {
  open: () => Promise<Akin>;
  /** How long it stays open after the last question, in milliseconds. */
  idleMs: number;
}

/**
 * Opens an index with the first question and gives it free when none has come for a while, so that a program that lives
 * for days does not keep other commands from it. A server that is gone is looked for anew.
 */
export class OnDemandAkin {
  readonly #options: OnDemandOptions;
  #opened: Promise<Akin> | null = null;
  /** Settles when what was opened before is closed. */
  #closed: Promise<void> = Promise.resolve();
  #running = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: OnDemandOptions) {
    this.#options = options;
  }

  /** Asks something of the index. */
  async use<Answer>(ask: (akin: Akin) => Promise<Answer>): Promise<Answer> {
    clearTimeout(this.#idle);
    this.#running += 1;
    try {
      return await ask(await this.#open());
    } catch (error) {
      if (errorCode(error) === 'SERVER_UNREACHABLE') this.#opened = null;
      throw error;
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#idle = setTimeout(() => void this.close(), this.#options.idleMs);
    }
  }

  /** Gives the index free; the next question opens it again. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const opened = this.#opened;
    this.#opened = null;
    if (opened) this.#closed = opened.then((akin) => akin.close());
    await this.#closed;
  }

  #open(): Promise<Akin> {
    this.#opened ??= this.#closed.then(this.#options.open).catch((error: unknown) => {
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }
}
