import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFinished } from '../akin.js';
import { AkinError } from '../errors.js';
import type { SyncInput } from '../ingest/job-input.js';
import type { Jobs } from '../ingest/jobs.js';
import type { FoundFile } from '../ingest/walk.js';
import type { ModelChoice } from '../maintenance/model-switch.js';
import type { UpkeepType } from '../maintenance/upkeep.js';
import { type Job, type JobCounts, type JobStatus, type JobType, NO_COUNTS } from '../storage/job-store.js';
import type { PostgresDatabase } from './database.js';
import { JobClaims, NOW } from './job-claims.js';
import { JobLoop } from './job-loop.js';
import { keepFiles, keepLines } from './job-parts.js';
import {
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
import type { JobWorkParts } from './job-work.js';

/** Who waits for a change looks by itself after so long. */
const LOOK_MS = 1_000;

/**
 * The jobs of a database, shared by all processes that are on it: each takes parts of a job's input that nobody works
 * on, and what a process leaves undone that ended is another's to take.
 */
export class SharedJobs implements Jobs {
  readonly #database: PostgresDatabase;
  readonly #loop: JobLoop;
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #stopListening: () => void;
  #isClosing = false;
  #folder: Promise<string> | null = null;

  constructor(parts: Omit<JobWorkParts, 'folder'>) {
    this.#database = parts.database;
    const claims = new JobClaims(parts.database, randomUUID());
    this.#loop = new JobLoop({ ...parts, folder: () => this.uploadFolder() }, claims, this.#events);
    this.#stopListening = parts.database.onChange(() => this.#events.emit('change'));
  }

  async resume(): Promise<number> {
    await this.sweep();
    this.#loop.start();
    const counts = await this.counts();
    return counts.queued + counts.running;
  }

  async sweep(): Promise<void> {
    await this.#database.update((session) =>
      session.run(`DELETE FROM jobs WHERE NOT ready AND claimed_until < ${NOW}`),
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
    this.#isClosing = true;
    this.#events.emit('change');
    await this.#loop.close();
    this.#stopListening();
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
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
        session.run('UPDATE jobs SET ready = true, claimed_until = NULL, counts = $2 WHERE id = $1', [
          id,
          JSON.stringify(counts),
        ]),
      );
    } catch (error) {
      await this.#database.update((session) => session.run('DELETE FROM jobs WHERE id = $1', [id]));
      throw error;
    }
    return this.#added(id);
  }

  async #added(id: string): Promise<Job> {
    this.#loop.start();
    this.#events.emit('change');
    return this.get(id);
  }

  #show(row: JobRow, failures: Map<string, Job['errors']>): Job {
    return shownJob(row, failures.get(row.id) ?? [], this.#loop.waitingFor(row.id));
  }
}
