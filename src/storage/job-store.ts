import type { Database } from 'better-sqlite3';
import type { Failure } from '../types.js';

export type JobType = 'import' | 'files' | 'sync' | 'reembed' | 'rebuild' | 'compact';
export type JobStatus = 'queued' | 'running' | 'succeeded' | 'partial' | 'failed' | 'cancelled';

/**
 * How many documents of a job went where; of one that rebuilds or compacts the index, how many passages are done. `total`
 * is null while it is not known.
 */
export interface JobCounts {
  total: number | null;
  done: number;
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
  failed: number;
}

export interface Job {
  id: string;
  type: JobType;
  status: JobStatus;
  counts: JobCounts;
  errors: Failure[];
  /** What a job waits for that goes on when that has passed: a full disk, say. Null while it does not. */
  waiting: Omit<Failure, 'item'> | null;
  /** The time that it has left; null while that is not known. */
  etaSeconds: number | null;
  /** Lines or files a second since it was taken up; null while it does not run. */
  ratePerSecond: number | null;
  createdAt: string;
  finishedAt: string | null;
}

/** A job with what only its runner needs. */
export interface StoredJob<Input = unknown>
  extends Omit<Job, 'errors' | 'waiting' | 'etaSeconds' | 'ratePerSecond'> {
  input: Input;
  /** Up to where the input is done: what lies before is in the index. */
  position: number;
}

export const NO_COUNTS: JobCounts = {
  total: null,
  done: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  removed: 0,
  failed: 0,
};

/** How a job has ended of which this became. */
export function outcomeOf({
  failed,
  created,
  updated,
  unchanged,
}: JobCounts): 'succeeded' | 'partial' | 'failed' {
  if (failed === 0) return 'succeeded';
  return created + updated + unchanged > 0 ? 'partial' : 'failed';
}

/** A job's answer holds no more failures than this; `counts.failed` counts them all. */
const SHOWN_ERRORS = 1_000;

interface JobRow {
  id: string;
  type: JobType;
  status: JobStatus;
  input: string;
  position: number;
  counts: string;
  created_at: string;
  finished_at: string | null;
}

/** Jobs and their failures in SQLite. */
export class JobStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(id: string, type: JobType, input: unknown, counts: JobCounts): void {
    this.#database
      .prepare(
        "INSERT INTO jobs (id, type, status, input, counts, created_at) VALUES (?, ?, 'queued', ?, ?, ?)",
      )
      .run(id, type, JSON.stringify(input), JSON.stringify(counts), new Date().toISOString());
  }

  get(id: string): StoredJob | null {
    const row = this.#database.prepare('SELECT * FROM jobs WHERE id = ?').get(id) as JobRow | undefined;
    return row ? toJob(row) : null;
  }

  /** The newest first. */
  list(limit: number): StoredJob[] {
    const rows = this.#database
      .prepare('SELECT * FROM jobs ORDER BY created_at DESC, id DESC LIMIT ?')
      .all(limit);
    return (rows as JobRow[]).map(toJob);
  }

  /** How many jobs have each status. */
  counts(): Partial<Record<JobStatus, number>> {
    const rows = this.#database.prepare('SELECT status, count(*) FROM jobs GROUP BY status').raw().all();
    return Object.fromEntries(rows as [JobStatus, number][]);
  }

  /** Those that are queued, or that were running when the process ended, in the order they came. */
  unfinished(): StoredJob[] {
    const rows = this.#database
      .prepare("SELECT * FROM jobs WHERE status IN ('queued', 'running') ORDER BY created_at, id")
      .all();
    return (rows as JobRow[]).map(toJob);
  }

  errors(id: string): Failure[] {
    return this.#database
      .prepare('SELECT item, code, detail FROM job_errors WHERE job = ? ORDER BY rowid LIMIT ?')
      .all(id, SHOWN_ERRORS) as Failure[];
  }

  setStatus(id: string, status: JobStatus): void {
    const finished = status === 'queued' || status === 'running' ? null : new Date().toISOString();
    this.#database
      .prepare('UPDATE jobs SET status = ?, finished_at = ? WHERE id = ?')
      .run(status, finished, id);
  }

  /** Begins a job anew: what an earlier attempt counted and could not take is forgotten. */
  restart(id: string, counts: JobCounts, failures: Failure[]): void {
    this.#database.transaction(() => {
      this.#database.prepare('DELETE FROM job_errors WHERE job = ?').run(id);
      this.advance(id, 0, counts, failures);
    })();
  }

  /** Notes how far a job has come; in one transaction with the documents that it wrote. */
  advance(id: string, position: number, counts: JobCounts, failures: Failure[]): void {
    this.#database
      .prepare('UPDATE jobs SET position = ?, counts = ? WHERE id = ?')
      .run(position, JSON.stringify(counts), id);
    const insert = this.#database.prepare(
      'INSERT INTO job_errors (job, item, code, detail) VALUES (?, ?, ?, ?)',
    );
    for (const { item, code, detail } of failures) insert.run(id, item, code, detail);
  }
}

function toJob({ id, type, status, input, position, counts, created_at, finished_at }: JobRow): StoredJob {
  return {
    id,
    type,
    status,
    input: JSON.parse(input),
    position,
    counts: JSON.parse(counts),
    createdAt: created_at,
    finishedAt: finished_at,
  };
}
