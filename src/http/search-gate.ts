import type { EventEmitter } from 'node:events';
import PQueue from 'p-queue';
import type { Config } from '../config.js';
import { AkinError } from '../errors.js';

type Limits = Pick<Config, 'maxSearches' | 'maxWaitingSearches' | 'searchWaitMs'>;

/**
 * Lets so many requests search at once, and so many wait; the others are told to come again. Who is gone does not search
 * any more.
 */
export class SearchGate {
  readonly #queue: PQueue;
  readonly #limits: Limits;

  constructor(limits: Limits) {
    this.#queue = new PQueue({ concurrency: limits.maxSearches });
    this.#limits = limits;
  }

  get running(): number {
    return this.#queue.pending;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Does the work of a request when its turn has come.
   *
   * @param response of the request: when it closes, nobody waits any more
   * @param work gets a signal that nobody waits for its answer any more
   * @throws AkinError BUSY where too many wait, or it waited too long; CANCELLED where the client is gone
   */
  async run<Result>(response: EventEmitter, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    if (this.waiting >= this.#limits.maxWaitingSearches) throw busy();
    const turn = new AbortController();
    const answer = new AbortController();
    // The queue would take a task that runs for ended with its signal, and let in another beside it.
    let leave: (reason: AkinError) => void = (reason) => turn.abort(reason);
    const patience = setTimeout(() => leave(busy()), this.#limits.searchWaitMs);
    const gone = (): void => leave(new AkinError('CANCELLED', 'The client is gone.'));
    response.once('close', gone);
    const task = (): Promise<Result> => {
      clearTimeout(patience);
      leave = (reason) => answer.abort(reason);
      return work(answer.signal);
    };
    try {
      return await this.#queue.add(task, { signal: turn.signal });
    } finally {
      clearTimeout(patience);
      response.off('close', gone);
    }
  }
}

function busy(): AkinError {
  return new AkinError(
    'BUSY',
    'More searches come than can be answered. Try again in a moment; whoever runs the server can raise AKIN_MAX_SEARCHES and AKIN_MAX_WAITING_SEARCHES.',
  );
}
