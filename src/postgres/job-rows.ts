import { AkinError } from '../errors.js';
import type { Job, JobCounts, JobStatus, JobType, StoredJob } from '../storage/job-store.js';
import type { Failure } from '../types.js';
import { NOW } from './job-claims.js';
import type { Session } from './session.js';

/** An upload of which nothing came for so long has broken off. */
export const RECEIVING_SECONDS = 3_600;
/** A job's answer holds no more failures than this; `counts.failed` counts them all. */
const SHOWN_ERRORS = 1_000;

/** A job as the table has it. */
export interface JobRow extends Omit<StoredJob, 'position' | 'createdAt' | 'finishedAt'> {
  created_at: string;
  finished_at: string | null;
  /** When it was taken up first, in seconds since 1970 by the server's clock. */
  started: number | null;
  /** The server's clock as the row was read. */
  now: number;
}

export interface NewJob {
  id: string;
  type: JobType;
  input: unknown;
  counts: JobCounts;
  /** The only machine that can do it; null for any. */
  host: string | null;
  /** Whether all of its input is there. */
  ready: boolean;
}

const COLUMNS = `id, type, status, input, counts, created_at, finished_at, started, ${NOW} AS now`;

export async function addJob(
  { id, type, input, counts, host, ready }: NewJob,
  session: Session,
): Promise<void> {
  await session.run(
    `INSERT INTO jobs (id, type, status, input, counts, created_at, host, ready, claimed_until)
     VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7, CASE WHEN NOT $7 THEN ${NOW} + ${RECEIVING_SECONDS} END)`,
    [id, type, JSON.stringify(input), JSON.stringify(counts), new Date().toISOString(), host, ready],
  );
}

/** @throws AkinError JOB_NOT_FOUND */
export async function jobRow(id: string, session: Pick<Session, 'query'>): Promise<JobRow> {
  const [row] = await session.query<JobRow>(`SELECT ${COLUMNS} FROM jobs WHERE id = $1 AND ready`, [id]);
  if (row) return row;
  throw new AkinError('JOB_NOT_FOUND', `There is no job "${id}". GET /v1/jobs lists those there are.`);
}

/** The newest first. */
export function jobRows(limit: number, session: Pick<Session, 'query'>): Promise<JobRow[]> {
  return session.query<JobRow>(
    `SELECT ${COLUMNS} FROM jobs WHERE ready ORDER BY created_at DESC, id DESC LIMIT $1`,
    [limit],
  );
}

/** How many jobs have each status. */
export async function jobCounts(session: Pick<Session, 'query'>): Promise<Record<JobStatus, number>> {
  const rows = await session.query<{ status: JobStatus; jobs: number }>(
    'SELECT status, count(*) AS jobs FROM jobs WHERE ready GROUP BY status',
  );
  const none = { queued: 0, running: 0, succeeded: 0, partial: 0, failed: 0, cancelled: 0 };
  return Object.assign(none, Object.fromEntries(rows.map(({ status, jobs }) => [status, jobs])));
}

/** The failures of some jobs, by job. */
export async function failuresOf(
  jobs: string[],
  session: Pick<Session, 'query'>,
): Promise<Map<string, Failure[]>> {
  const rows = await session.query<Failure & { job: string }>(
    `SELECT job, item, code, detail FROM unnest($1::text[]) AS asked (id) CROSS JOIN LATERAL
       (SELECT * FROM job_errors WHERE job = asked.id ORDER BY number LIMIT ${SHOWN_ERRORS}) AS errors`,
    [jobs],
  );
  const failures = new Map<string, Failure[]>(jobs.map((id) => [id, []]));
  for (const { job, ...failure } of rows) failures.get(job)?.push(failure);
  return failures;
}

/** Adds to a job's counts what one process has done of it; gives them with that. */
export async function addCounts(id: string, more: JobCounts, session: Session): Promise<JobCounts> {
  const [row] = await session.query<{ counts: JobCounts }>(
    'SELECT counts FROM jobs WHERE id = $1 FOR UPDATE',
    [id],
  );
  const counts = row?.counts ?? more;
  const sum: JobCounts = {
    total: counts.total,
    done: counts.done + more.done,
    created: counts.created + more.created,
    updated: counts.updated + more.updated,
    unchanged: counts.unchanged + more.unchanged,
    removed: counts.removed + more.removed,
    failed: counts.failed + more.failed,
  };
  await session.run('UPDATE jobs SET counts = $2 WHERE id = $1', [id, JSON.stringify(sum)]);
  return sum;
}

export async function addFailures(id: string, failures: Failure[], session: Session): Promise<void> {
  if (failures.length === 0) return;
  await session.run(
    `INSERT INTO job_errors (job, item, code, detail)
     SELECT $1, item, code, detail FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY
       AS given (item, code, detail, place) ORDER BY place`,
    [
      id,
      failures.map(({ item }) => item),
      failures.map(({ code }) => code),
      failures.map(({ detail }) => detail),
    ],
  );
}

/** Ends a job that has not ended yet; what is left of its input goes. */
export async function endJob(id: string, status: JobStatus, session: Session): Promise<boolean> {
  const ended = await session.run(
    `UPDATE jobs SET status = $2, finished_at = $3, claim = NULL WHERE id = $1 AND status IN ('queued', 'running')`,
    [id, status, new Date().toISOString()],
  );
  if (ended > 0) await session.run('DELETE FROM job_parts WHERE job = $1', [id]);
  return ended > 0;
}

/** A job as an answer shows it. @param waiting what this process waits for that works on it */
export function shownJob(row: JobRow, errors: Failure[], waiting: Job['waiting']): Job {
  const { created_at: createdAt, finished_at: finishedAt, started, now, input: _input, ...job } = row;
  return { ...job, errors, waiting, createdAt, finishedAt, ...paceOf({ ...job, started, now }) };
}

function paceOf({
  status,
  counts: { total, done },
  started,
  now,
}: Pick<JobRow, 'status' | 'counts' | 'started' | 'now'>): Pick<Job, 'etaSeconds' | 'ratePerSecond'> {
  if (status !== 'running' || started === null || done === 0 || now <= started)
    return { etaSeconds: null, ratePerSecond: null };
  const rate = done / (now - started);
  const etaSeconds = total === null ? null : Math.ceil((total - done) / rate);
  return { etaSeconds, ratePerSecond: Number(rate.toFixed(1)) };
}
