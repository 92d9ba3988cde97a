import type { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode, errorMessage } from '../errors.js';
import { type Job, NO_COUNTS } from '../storage/job-store.js';
import { isPassing } from '../system-error.js';
import type { PostgresDatabase } from './database.js';
import { CLAIM_SECONDS, type JobClaims, type Work } from './job-claims.js';
import { addCounts, addFailures, endJob } from './job-rows.js';
import { JobWork, type JobWorkParts } from './job-work.js';
import { ClaimLost } from './shared-progress.js';

/** How often a process without work looks for some that nobody told it of. */
const LOOK_MS = 1_000;
/** A job that the server does not let go on tries again after so long. */
const RETRY_MS = 2_000;
const RENEW_MS = (CLAIM_SECONDS * 1_000) / 4;

/** Takes up one piece of work after the other, and renews the claims on them. */
export class JobLoop {
  readonly #database: PostgresDatabase;
  readonly #claims: JobClaims;
  readonly #changes: EventEmitter;
  readonly #work: JobWork;
  readonly #stopping = new AbortController();
  /** What this process waits for that works on a job, by the job's id. */
  readonly #waiting = new Map<string, NonNullable<Job['waiting']>>();
  #working: Promise<void> = Promise.resolve();
  #renewing: NodeJS.Timeout | null = null;

  /** @param changes has an event `change` when there may be something to do, or something was done */
  constructor(parts: JobWorkParts, claims: JobClaims, changes: EventEmitter) {
    this.#database = parts.database;
    this.#claims = claims;
    this.#changes = changes;
    this.#work = new JobWork(parts, {
      claims,
      isStopped: () => this.#isStopped,
      onChange: () => changes.emit('change'),
    });
  }

  /** What this process waits for that works on a job; null where it does not. */
  waitingFor(job: string): Job['waiting'] {
    return this.#waiting.get(job) ?? null;
  }

  /** Stops after what is being written. */
  async close(): Promise<void> {
    this.#stopping.abort();
    this.#changes.emit('change');
    await this.#working;
  }

  get #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Looks for work from now on, until it is closed. */
  start(): void {
    if (this.#renewing || this.#isStopped) return;
    this.#renewing = setInterval(() => {
      // One that fails lapses, and another process takes over.
      this.#claims.renew().catch(warn);
    }, RENEW_MS);
    this.#working = this.#loop().finally(() => {
      if (this.#renewing) clearInterval(this.#renewing);
    });
  }

  async #loop(): Promise<void> {
    while (!this.#isStopped) {
      try {
        const work = await this.#claims.next();
        if (work) await this.#attempt(work);
        else await this.#rest(LOOK_MS);
      } catch (error) {
        if (!isPassing(error)) warn(error);
        await this.#rest(RETRY_MS);
      }
    }
    await this.#claims.release().catch(warn);
  }

  /** Until something changes, or for so long. */
  async #rest(milliseconds: number): Promise<void> {
    if (this.#isStopped) return;
    // A timer of its own: Node.js may collect a signal of AbortSignal.timeout() that stands within AbortSignal.any().
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#changes.off('change', wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#changes.on('change', wake);
    });
  }

  async #attempt(work: Work): Promise<void> {
    const { job } = work;
    try {
      await this.#work.run(work);
    } catch (thrown) {
      // What it has claimed and not stored is free again at once, for this process too.
      await this.#claims.release();
      if (thrown instanceof ClaimLost || this.#isStopped) return;
      if (isPassing(thrown)) {
        this.#waiting.set(job.id, { code: errorCode(thrown), detail: errorMessage(thrown) });
        await pause(RETRY_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
        return;
      }
      const failure = { item: '', code: errorCode(thrown), detail: errorMessage(thrown) };
      await this.#database.update(async (session) => {
        await addCounts(job.id, { ...NO_COUNTS, failed: 1 }, session);
        await addFailures(job.id, [failure], session);
        await endJob(job.id, 'failed', session);
      });
      if (errorCode(thrown) === 'INTERNAL') warn(thrown);
    } finally {
      this.#waiting.delete(job.id);
      this.#changes.emit('change');
    }
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
