import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { isFinished } from '../akin.js';
import { AkinError, errorCode, errorMessage } from '../errors.js';
import type { ModelChoice } from '../maintenance/model-switch.js';
import type { Upkeep, UpkeepType } from '../maintenance/upkeep.js';
import { explainDamage } from '../storage/damage.js';
import {
  type Job,
  type JobCounts,
  type JobStatus,
  NO_COUNTS,
  outcomeOf,
  type StoredJob,
} from '../storage/job-store.js';
import type { Storage } from '../storage/storage.js';
import { explainSystemError, isPassing } from '../system-error.js';
import type { Failure } from '../types.js';
import type { DocumentWriter } from './document-writer.js';
import type { FilesInput, ImportInput, SyncInput } from './job-input.js';
import { type JobParts, unitsOfJob } from './job-units.js';
import type { Jobs } from './jobs.js';
import type { SiteFurniture } from './site-furniture.js';
import type { FoundFile } from './walk.js';
import { nextWindow, writeWindow } from './window.js';

/** A job whose disk is full tries again after so long. */
const RETRY_MS = 2_000;
const CHECK_MS = 100;

interface Parts extends JobParts {
  storage: Storage;
  writer: DocumentWriter;
  furniture: SiteFurniture;
  upkeep: Upkeep;
}

/** How often the progress of work on the whole index is noted, at the most. */
const NOTE_MS = 500;

/** How fast the running job has gone, for its rate and the time it has left. */
interface Pace {
  startedAt: number;
  doneAtStart: number;
}

/**
 * Runs jobs one after the other. They are kept in the database with how far they came, so that one which a
 * shutdown or a crash broke off goes on where it was.
 */
export class JobRunner implements Jobs {
  readonly #parts: Parts;
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #paces = new Map<string, Pace>();
  readonly #cancelled = new Set<string>();
  readonly #waiting = new Map<string, Omit<Failure, 'item'>>();
  #queue: Promise<void> = Promise.resolve();
  #closing = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Takes up the jobs that an earlier process left unfinished, and clears away what broken-off uploads left.
   * @returns how many jobs there were
   */
  async resume(): Promise<number> {
    const unfinished = this.#parts.storage.jobs.unfinished();
    await this.sweep();
    for (const { id } of unfinished) this.#enqueue(id);
    return unfinished.length;
  }

  /** Clears away what broken-off uploads left; none may be under way. */
  async sweep(): Promise<void> {
    await this.#parts.spool.sweep(this.#parts.storage.jobs.unfinished().map(({ id }) => id));
  }

  uploadFolder(): Promise<string> {
    return this.#parts.spool.incoming();
  }

  /** Keeps a stream of NDJSON and queues its import. When it resolves, the import is safe from crashes. */
  async addImport(stream: NodeJS.ReadableStream): Promise<Job> {
    const id = randomUUID();
    try {
      const { path, lines } = await this.#parts.spool.keepStream(id, stream);
      return this.#add(id, 'import', { path } satisfies ImportInput, { ...NO_COUNTS, total: lines });
    } catch (error) {
      await this.#parts.spool.discard(id);
      throw error;
    }
  }

  /** Keeps uploaded files, which are moved, and queues them. */
  async addFiles(uploads: Omit<FoundFile, 'place'>[]): Promise<Job> {
    const id = randomUUID();
    const kept = await this.#parts.spool.keepFiles(
      id,
      uploads.map(({ path }) => path),
    );
    const files = uploads.map(({ name }, index) => ({ name, path: kept[index] ?? '', place: null }));
    return this.#add(id, 'files', { files } satisfies FilesInput, { ...NO_COUNTS, total: files.length });
  }

  /** Queues the bringing in of files and folders of this machine. */
  addSync(input: SyncInput): Job {
    return this.#add(randomUUID(), 'sync', input, NO_COUNTS);
  }

  /**
   * Queues work on the whole index.
   * @param input of a reembedding, the model
   */
  addUpkeep(type: UpkeepType, input: ModelChoice | null = null): Job {
    return this.#add(randomUUID(), type, input, NO_COUNTS);
  }

  /** @throws AkinError JOB_NOT_FOUND */
  get(id: string): Job {
    const stored = this.#parts.storage.jobs.get(id);
    if (!stored)
      throw new AkinError('JOB_NOT_FOUND', `There is no job "${id}". GET /v1/jobs lists those there are.`);
    return this.#show(stored);
  }

  /** The newest first. */
  list(limit = 100): Job[] {
    return this.#parts.storage.jobs.list(limit).map((stored) => this.#show(stored));
  }

  /** How many jobs have each status. */
  counts(): Record<JobStatus, number> {
    const none = { queued: 0, running: 0, succeeded: 0, partial: 0, failed: 0, cancelled: 0 };
    return { ...none, ...this.#parts.storage.jobs.counts() };
  }

  /** Cancels a job that is queued or running; what it has stored stays. */
  cancel(id: string): Job {
    const { status } = this.get(id);
    if (status === 'queued' || status === 'running') {
      this.#cancelled.add(id);
      this.#parts.storage.jobs.setStatus(id, 'cancelled');
      this.#events.emit(id);
    }
    return this.get(id);
  }

  /**
   * Resolves when something about the job has changed, or after a second; at once where it has ended.
   * @throws AkinError CANCELLED when the index is being closed
   */
  async change(id: string): Promise<Job> {
    // It may have ended since it was last looked at, and then says no more.
    const present = this.get(id);
    if (isFinished(present)) return present;
    await once(this.#events, id, { signal: AbortSignal.timeout(1_000) }).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
    if (this.#closing)
      throw new AkinError('CANCELLED', 'Akin is shutting down; the job goes on with the next start.');
    return this.get(id);
  }

  /** Stops after what is being written; the running job and the queued ones go on with the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#queue;
  }

  #add(...[id, type, input, counts]: Parameters<Storage['jobs']['add']>): Job {
    this.#parts.storage.transaction(() => this.#parts.storage.jobs.add(id, type, input, counts));
    this.#enqueue(id);
    return this.get(id);
  }

  #enqueue(id: string): void {
    const ran = this.#queue.then(() => this.#run(id));
    // Whatever became of one job, the next has its turn; where not even its failure can be written down, too.
    this.#queue = ran.catch(warn);
  }

  /** Runs a job to its end, also where the disk is full meanwhile. */
  async #run(id: string): Promise<void> {
    for (;;) {
      try {
        return await this.#attempt(id);
      } catch (error) {
        // A shutdown ends the processes under the job: it goes on with the next start.
        if (this.#closing) return;
        if (!isPassing(error)) throw error;
        await this.#wait(id, error);
      } finally {
        this.#waiting.delete(id);
      }
    }
  }

  async #attempt(id: string): Promise<void> {
    const { jobs } = this.#parts.storage;
    const job = jobs.get(id);
    if (!job || this.#closing || job.status === 'cancelled') return;
    try {
      jobs.setStatus(id, 'running');
      this.#paces.set(id, { startedAt: performance.now(), doneAtStart: job.counts.done });
      const counts = await this.#work(job);
      if (this.#closing && !this.#cancelled.has(id) && counts === null) return;
      if (counts && !this.#cancelled.has(id)) jobs.setStatus(id, outcomeOf(counts));
    } catch (thrown) {
      if (this.#closing || isPassing(thrown)) throw thrown;
      const error = explainDamage(thrown);
      const { position, counts } = jobs.get(id) ?? job;
      const failure = { item: '', code: errorCode(error), detail: errorMessage(error) };
      jobs.advance(id, position, { ...counts, failed: counts.failed + 1 }, [failure]);
      jobs.setStatus(id, 'failed');
      if (errorCode(error) === 'INTERNAL') warn(error);
    } finally {
      this.#paces.delete(id);
      this.#cancelled.delete(id);
      this.#events.emit(id);
    }
    await this.#parts.spool.discard(id);
  }

  /** Until a job whose disk is full or gone tries again, from where it was. */
  async #wait(id: string, error: unknown): Promise<void> {
    const reason = explainSystemError(error) ?? error;
    this.#waiting.set(id, { code: errorCode(reason), detail: errorMessage(reason) });
    this.#events.emit(id);
    for (let waited = 0; waited < RETRY_MS && !this.#closing && !this.#cancelled.has(id); waited += CHECK_MS)
      await pause(CHECK_MS);
  }

  /** The final counts, or null where it was broken off. */
  async #work({ type, ...job }: StoredJob): Promise<JobCounts | null> {
    if (type === 'rebuild' || type === 'compact' || type === 'reembed')
      return this.#keepUp(job.id, type, job.input);
    const { storage, writer, furniture } = this.#parts;
    let { counts } = job;
    const units = await unitsOfJob({ type, ...job }, this.#parts);
    if (units.counts) {
      counts = units.counts;
      storage.jobs.restart(job.id, counts, units.failures ?? []);
    }
    let next = nextWindow(units.iterator, writer);
    for (let window = await next; window; window = await next) {
      if (this.#closing || this.#cancelled.has(job.id)) return null;
      // The next ones are read and embedded while these are stored.
      next = nextWindow(units.iterator, writer);
      next.catch(() => undefined);
      counts = await writeWindow(window, { job: job.id, counts, writer });
      this.#events.emit(job.id);
    }
    const isStopped = (): boolean => this.#closing || this.#cancelled.has(job.id);
    await furniture.tidyPages((pages) => writer.write(pages), isStopped);
    return isStopped() ? null : counts;
  }

  async #keepUp(id: string, type: UpkeepType, input: unknown): Promise<JobCounts | null> {
    const { storage, upkeep } = this.#parts;
    let counts = NO_COUNTS;
    let notedAt = performance.now();
    const note = (): void =>
      storage.transaction(() => storage.jobs.advance(id, 0, counts, []), { durable: false });
    const isStopped = (): boolean => this.#closing || this.#cancelled.has(id);
    try {
      await upkeep.run(type, input, {
        isStopped,
        onProgress: (done, total) => {
          counts = { ...counts, done, total };
          if (performance.now() - notedAt < NOTE_MS) return;
          notedAt = performance.now();
          note();
          this.#events.emit(id);
        },
      });
    } catch (error) {
      if (isStopped() && errorCode(error) === 'CANCELLED') return null;
      throw error;
    }
    const { passages } = storage.documents.counts();
    counts = { ...counts, done: passages, total: passages };
    note();
    return counts;
  }

  #show({ input: _input, position: _position, ...job }: StoredJob): Job {
    const errors = this.#parts.storage.jobs.errors(job.id);
    const waiting = this.#waiting.get(job.id) ?? null;
    return { ...job, errors, waiting, ...this.#progress(job.id, job.counts) };
  }

  #progress(id: string, { total, done }: JobCounts): Pick<Job, 'etaSeconds' | 'ratePerSecond'> {
    const pace = this.#paces.get(id);
    if (!pace || done === pace.doneAtStart) return { etaSeconds: null, ratePerSecond: null };
    const rate = (done - pace.doneAtStart) / ((performance.now() - pace.startedAt) / 1000);
    const etaSeconds = total === null ? null : Math.ceil((total - done) / rate);
    return { etaSeconds, ratePerSecond: Number(rate.toFixed(1)) };
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
