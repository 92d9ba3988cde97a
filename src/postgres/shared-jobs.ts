import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isFinished } from '../akin.js';
import { AkinError, errorCode, errorMessage } from '../errors.js';
import type { DocumentWriter } from '../ingest/document-writer.js';
import type { SyncInput } from '../ingest/job-input.js';
import { fileReading, type JobUnits, type UnitParts, unitsOfSync } from '../ingest/job-units.js';
import type { Jobs } from '../ingest/jobs.js';
import type { SiteFurniture } from '../ingest/site-furniture.js';
import type { Unit } from '../ingest/units.js';
import type { FoundFile } from '../ingest/walk.js';
import { nextWindow } from '../ingest/window.js';
import type { ModelChoice } from '../maintenance/model-switch.js';
import type { UpkeepOptions, UpkeepType } from '../maintenance/upkeep.js';
import {
  type Job,
  type JobCounts,
  type JobStatus,
  type JobType,
  NO_COUNTS,
  outcomeOf,
} from '../storage/job-store.js';
import { isPassing } from '../system-error.js';
import type { PostgresDatabase } from './database.js';
import { CLAIM_SECONDS, JobClaims, type Work } from './job-claims.js';
import { keepFiles, keepLines } from './job-parts.js';
import {
  addCounts,
  addFailures,
  addJob,
  endJob,
  failuresOf,
  type JobRow,
  jobCounts,
  jobRow,
  jobRows,
  type NewJob,
  shownJob,
} from './job-rows.js';
import type { Session } from './session.js';
import { ClaimLost, type PartRange, SharedProgress } from './shared-progress.js';
import { unitsOfParts } from './units-of-parts.js';

/** How often a process without work looks for some that nobody told it of. */
const LOOK_MS = 1_000;
/** A job that the server does not let go on tries again after so long. */
const RETRY_MS = 2_000;
const RENEW_MS = (CLAIM_SECONDS * 1_000) / 4;
/** What of an upload is left that broke off so long ago is cleared away. In seconds. */
const BROKEN_OFF_SECONDS = 3_600;

/** Work on the whole index. */
export interface SharedUpkeep {
  run(type: UpkeepType, input: unknown, options: UpkeepOptions): Promise<void>;
}

interface Parts extends UnitParts {
  database: PostgresDatabase;
  writer: DocumentWriter;
  furniture: SiteFurniture;
  upkeep: SharedUpkeep;
}

/**
 * The jobs of a database, shared by all processes that are on it: each takes parts of a job's input that nobody works
 * on, and what a process leaves undone that ended is another's to take.
 */
export class SharedJobs implements Jobs {
  readonly #parts: Parts;
  readonly #database: PostgresDatabase;
  readonly #claim = randomUUID();
  readonly #claims: JobClaims;
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #stopping = new AbortController();
  readonly #stopListening: () => void;
  /** What this process waits for that works on a job, by the job's id. */
  readonly #waiting = new Map<string, NonNullable<Job['waiting']>>();
  #working: Promise<void> = Promise.resolve();
  #renewing: NodeJS.Timeout | null = null;
  #folder: Promise<string> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#database = parts.database;
    this.#claims = new JobClaims(parts.database, this.#claim);
    this.#stopListening = parts.database.onChange(() => this.#events.emit('change'));
  }

  async resume(): Promise<number> {
    await this.sweep();
    this.#work();
    const counts = await this.counts();
    return counts.queued + counts.running;
  }

  async sweep(): Promise<void> {
    await this.#database.update((session) =>
      session.run('DELETE FROM jobs WHERE NOT ready AND created_at < $1', [
        new Date(Date.now() - BROKEN_OFF_SECONDS * 1_000).toISOString(),
      ]),
    );
  }

  uploadFolder(): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'akin-'));
    return this.#folder;
  }

  async addImport(stream: NodeJS.ReadableStream): Promise<Job> {
    return this.#addWithInput('import', async (id) => {
      const total = await keepLines(id, stream as AsyncIterable<Buffer>, this.#database);
      return { ...NO_COUNTS, total };
    });
  }

  async addFiles(uploads: Omit<FoundFile, 'place'>[]): Promise<Job> {
    return this.#addWithInput('files', async (id) => {
      await keepFiles(id, uploads, this.#database);
      for (const { path } of uploads) await rm(path, { force: true });
      return { ...NO_COUNTS, total: uploads.length };
    });
  }

  addSync(input: SyncInput): Promise<Job> {
    return this.#add({ type: 'sync', input, host: hostname() });
  }

  addUpkeep(type: UpkeepType, input: ModelChoice | null = null): Promise<Job> {
    return this.#add({ type, input, host: null });
  }

  async get(id: string): Promise<Job> {
    const row = await jobRow(id, this.#database);
    return this.#show(row, await failuresOf([id], this.#database));
  }

  async list(limit = 100): Promise<Job[]> {
    const rows = await jobRows(limit, this.#database);
    const failures = await failuresOf(
      rows.map(({ id }) => id),
      this.#database,
    );
    return rows.map((row) => this.#show(row, failures));
  }

  counts(): Promise<Record<JobStatus, number>> {
    return jobCounts(this.#database);
  }

  async cancel(id: string): Promise<Job> {
    await this.#database.update((session) => endJob(id, 'cancelled', session));
    this.#events.emit('change');
    return this.get(id);
  }

  async change(id: string): Promise<Job> {
    const present = await this.get(id);
    if (isFinished(present)) return present;
    await once(this.#events, 'change', { signal: AbortSignal.timeout(LOOK_MS) }).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
    if (this.#isClosing)
      throw new AkinError('CANCELLED', 'Akin is shutting down; the job goes on with the next start.');
    return this.get(id);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    this.#events.emit('change');
    await this.#working;
    this.#stopListening();
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }

  get #isClosing(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #add({ type, input, host }: Pick<NewJob, 'type' | 'input' | 'host'>): Promise<Job> {
    const id = randomUUID();
    await this.#database.update((session) =>
      addJob({ id, type, input, host, counts: NO_COUNTS, ready: true }, session),
    );
    return this.#added(id);
  }

  /** A job whose input is kept with it: until all of it is there, the job is not. */
  async #addWithInput(type: JobType, keep: (id: string) => Promise<JobCounts>): Promise<Job> {
    const id = randomUUID();
    await this.#database.update((session) =>
      addJob({ id, type, input: null, host: null, counts: NO_COUNTS, ready: false }, session),
    );
    try {
      const counts = await keep(id);
      await this.#database.update((session) =>
        session.run('UPDATE jobs SET ready = true, counts = $2 WHERE id = $1', [id, JSON.stringify(counts)]),
      );
    } catch (error) {
      await this.#database.update((session) => session.run('DELETE FROM jobs WHERE id = $1', [id]));
      throw error;
    }
    return this.#added(id);
  }

  async #added(id: string): Promise<Job> {
    this.#work();
    this.#events.emit('change');
    return this.get(id);
  }

  /** Looks for work from now on, until it is closed. */
  #work(): void {
    if (this.#renewing || this.#isClosing) return;
    this.#renewing = setInterval(() => {
      // One that fails lapses, and another process takes over.
      this.#claims.renew().catch(warn);
    }, RENEW_MS);
    this.#working = this.#loop().finally(() => {
      if (this.#renewing) clearInterval(this.#renewing);
    });
  }

  async #loop(): Promise<void> {
    while (!this.#isClosing) {
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
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(milliseconds)]);
    await once(this.#events, 'change', { signal }).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
  }

  async #attempt(work: Work): Promise<void> {
    const { job } = work;
    try {
      await this.#run(work);
    } catch (thrown) {
      // What it has claimed and not stored is free again at once, for this process too.
      await this.#claims.release();
      if (thrown instanceof ClaimLost || this.#isClosing) return;
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
      this.#events.emit('change');
    }
  }

  async #run(work: Work): Promise<void> {
    const { kind, job } = work;
    if (kind === 'parts') {
      const claimed: PartRange[] = [];
      const reading = { ocr: this.#parts.ocr, columns: {} };
      const units = unitsOfParts(job.id, claimed, {
        claims: this.#claims,
        reader: this.#parts.reader,
        files: fileReading(this.#parts, reading),
        folder: await this.uploadFolder(),
      });
      await this.#write(job, units, claimed);
      return;
    }
    if (job.type === 'sync') {
      const units = await unitsOfSync(job.input as SyncInput, this.#parts);
      await this.#restart(job, units);
      if (await this.#write({ ...job, ...units }, units.iterator, null)) await this.#end(job);
    } else if (kind === 'end') await this.#end(job);
    else await this.#keepUp(job);
  }

  /** @returns whether all of it was written, and not broken off */
  async #write(
    { id, counts }: Pick<JobRow, 'id' | 'counts'>,
    units: AsyncIterator<Unit>,
    parts: PartRange[] | null,
  ): Promise<boolean> {
    const { writer } = this.#parts;
    let next = nextWindow(units, writer);
    try {
      for (let window = await next; window; window = await next) {
        if (this.#isClosing) return false;
        // The next ones are read and embedded while these are stored.
        next = nextWindow(units, writer);
        next.catch(() => undefined);
        const progress = new SharedProgress({ job: id, claim: this.#claim, parts }, counts, window.units);
        await writer.store(await window.embedded, { progress });
        this.#events.emit('change');
      }
    } finally {
      await units.return?.();
    }
    return !this.#isClosing;
  }

  /** Begins a job anew: what an earlier attempt counted and could not take is forgotten. */
  async #restart({ id, counts }: JobRow, units: JobUnits): Promise<void> {
    await this.#database.update(async (session) => {
      await session.run('DELETE FROM job_errors WHERE job = $1', [id]);
      await session.run('UPDATE jobs SET counts = $2 WHERE id = $1', [
        id,
        JSON.stringify(units.counts ?? counts),
      ]);
      await addFailures(id, units.failures ?? [], session);
    });
  }

  /** What comes when all input of a job is stored. */
  async #end(job: JobRow): Promise<void> {
    const { furniture, writer } = this.#parts;
    await furniture.tidyPages(
      (pages) => writer.write(pages),
      () => this.#isClosing,
    );
    if (this.#isClosing) return;
    await this.#database.update(async (session) => {
      const { counts } = await jobRow(job.id, session);
      await endJob(job.id, outcomeOf(counts), session);
    });
  }

  async #keepUp(job: JobRow): Promise<void> {
    const isCancelled = await this.#cancelWatch(job.id);
    let counts = NO_COUNTS;
    let notedAt = performance.now();
    const note = async (session: Session): Promise<void> => {
      await session.run('UPDATE jobs SET counts = $2 WHERE id = $1', [job.id, JSON.stringify(counts)]);
    };
    try {
      await this.#parts.upkeep.run(job.type as UpkeepType, job.input, {
        isStopped: () => this.#isClosing || isCancelled.value,
        onProgress: (done, total) => {
          counts = { ...counts, done, total };
          if (performance.now() - notedAt < LOOK_MS) return;
          notedAt = performance.now();
          this.#database.update(note).catch(warn);
        },
      });
    } catch (error) {
      if ((this.#isClosing || isCancelled.value) && errorCode(error) === 'CANCELLED') return;
      throw error;
    } finally {
      isCancelled.stop();
    }
    const { passages } = await this.#parts.storage.documents.counts();
    counts = { ...counts, done: passages, total: passages };
    await this.#database.update(async (session) => {
      await note(session);
      await endJob(job.id, 'succeeded', session);
    });
  }

  /** Looks now and then whether a job was cancelled, here or by another process. */
  async #cancelWatch(id: string): Promise<{ readonly value: boolean; stop: () => void }> {
    let value = false;
    const timer = setInterval(() => {
      jobRow(id, this.#database).then(({ status }) => {
        value = status === 'cancelled';
      }, warn);
    }, LOOK_MS);
    return {
      get value() {
        return value;
      },
      stop: () => clearInterval(timer),
    };
  }

  #show(row: JobRow, failures: Map<string, Job['errors']>): Job {
    return shownJob(row, failures.get(row.id) ?? [], this.#waiting.get(row.id) ?? null);
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
