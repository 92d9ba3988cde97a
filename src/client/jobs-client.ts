import { isFinished } from '../akin.js';
import type { Job } from '../storage/job-store.js';
import { AkinClientError } from './client-error.js';
import { jobEvents } from './job-events.js';
import { pause } from './retry.js';
import type { CallOptions, Transport } from './transport.js';

const POLL_MS = 500;

/** How a job is waited for. */
export interface WaitOptions extends CallOptions {
  /** Sees the job each time that it has changed. */
  onProgress?: (job: Job) => void;
}

/** The jobs of a server. */
export class JobsClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The newest first. */
  async list(options: CallOptions = {}): Promise<Job[]> {
    return (await this.#transport.json<{ jobs: Job[] }>('GET', 'v1/jobs', options)).jobs;
  }

  /** @throws AkinClientError JOB_NOT_FOUND */
  async get(id: string, options: CallOptions = {}): Promise<Job> {
    return (await this.#transport.json<{ job: Job }>('GET', addressOf(id), options)).job;
  }

  /** What it has stored stays; one that has ended stays as it is. @throws AkinClientError JOB_NOT_FOUND */
  async cancel(id: string, options: CallOptions = {}): Promise<Job> {
    return (await this.#transport.json<{ job: Job }>('DELETE', addressOf(id), options)).job;
  }

  /**
   * The job each time that it has changed, to its end. Where the stream of events breaks off, or something between here and
   * the server keeps it back, it is asked for again and again.
   */
  async *follow(id: string, { signal }: CallOptions = {}): AsyncGenerator<Job, void> {
    let last = '';
    for await (const job of this.#states(id, signal ? { signal } : {})) {
      const state = JSON.stringify(job);
      if (state !== last) yield job;
      last = state;
      if (isFinished(job)) return;
    }
  }

  /** The job at its end, whatever that is. */
  async wait(id: string, { onProgress, ...options }: WaitOptions = {}): Promise<Job> {
    let last: Job | null = null;
    for await (const job of this.follow(id, options)) {
      onProgress?.(job);
      last = job;
    }
    return last ?? this.get(id, options);
  }

  /** The job again and again, also where nothing has changed. */
  async *#states(id: string, options: CallOptions): AsyncGenerator<Job, void> {
    try {
      yield* this.#events(id, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      // What the server refuses it would refuse again; any other failure is met again below, where it lasts.
      if (error instanceof AkinClientError && (error.status ?? 500) < 500) throw error;
    }
    for (;;) {
      yield await this.get(id, options);
      await pause(POLL_MS, options.signal);
    }
  }

  async *#events(id: string, options: CallOptions): AsyncGenerator<Job, void> {
    const request = { ...options, accept: 'text/event-stream' };
    const { body, headers } = await this.#transport.send('GET', `${addressOf(id)}/events`, request);
    if (body && headers.get('Content-Type')?.startsWith('text/event-stream')) yield* jobEvents(body);
    else await body?.cancel();
  }
}

function addressOf(id: string): string {
  return `v1/jobs/${encodeURIComponent(id)}`;
}
