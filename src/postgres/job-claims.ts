import { hostname } from 'node:os';
import type { PostgresDatabase } from './database.js';
import type { JobRow } from './job-rows.js';
import type { Session } from './session.js';
import type { PartRange } from './shared-progress.js';

/** Of the server: processes of several machines go by it. */
export const NOW = 'extract(epoch FROM clock_timestamp())::double precision';

/** A claim that is not renewed for so long is another process's to take. */
export const CLAIM_SECONDS = 20;

/** Work for one process. */
export type Work =
  /** All of a job. */
  | { kind: 'whole'; job: JobRow }
  /** Parts of its input, one after the other. */
  | { kind: 'parts'; job: JobRow }
  /** Its input is done: what comes after that. */
  | { kind: 'end'; job: JobRow };

/** A part of a job's input with what is in it. */
export interface ClaimedPart extends PartRange {
  /** Lines or files up to this one are done. */
  position: number;
  /** Null in place of a line that is too long. */
  content: Buffer | null;
  /** Of a file. */
  name: string | null;
}

const FREE = `(claim IS NULL OR claimed_until < ${NOW})`;
const FREE_PART = `job_parts.job = jobs.id AND (job_parts.claim IS NULL OR job_parts.claimed_until < ${NOW})`;

/** Takes work for one process, in the order in which jobs came; a claim lapses where the process does not renew it. */
export class JobClaims {
  readonly #database: PostgresDatabase;
  readonly claim: string;

  /** @param claim names this process, and no other */
  constructor(database: PostgresDatabase, claim: string) {
    this.#database = database;
    this.claim = claim;
  }

  /** Claims what there is to do next; null where there is nothing. */
  async next(): Promise<Work | null> {
    return this.#database.update(async (session) => {
      const [found] = await session.query<{ id: string; has_parts: boolean; has_free: boolean }>(
        `SELECT id, has_parts, has_free FROM (
           SELECT *, EXISTS (SELECT FROM job_parts WHERE job_parts.job = jobs.id) AS has_parts,
             EXISTS (SELECT FROM job_parts WHERE ${FREE_PART}) AS has_free
           FROM jobs WHERE ready AND status IN ('queued', 'running') AND (host IS NULL OR host = $1)
         ) AS open
         WHERE has_free OR (NOT has_parts AND ${FREE})
         ORDER BY created_at, id LIMIT 1`,
        [hostname()],
      );
      if (!found) return null;
      if (found.has_free) {
        const job = await this.#begin(found.id, session);
        return job && { kind: 'parts', job };
      }
      const claimed = await session.query<{ id: string }>(
        `UPDATE jobs SET claim = $2, claimed_until = ${NOW} + ${CLAIM_SECONDS} WHERE id =
           (SELECT id FROM jobs WHERE id = $1 AND ${FREE} FOR UPDATE SKIP LOCKED) RETURNING id`,
        [found.id, this.claim],
      );
      const job = claimed.length > 0 ? await this.#begin(found.id, session) : null;
      if (!job) return null;
      return { kind: job.type === 'import' || job.type === 'files' ? 'end' : 'whole', job };
    });
  }

  /** Claims the next part of a job's input that nobody works on. */
  async nextPart(job: string): Promise<ClaimedPart | null> {
    return this.#database.update(async (session) => {
      const [part] = await session.query<ClaimedPart>(
        `UPDATE job_parts SET claim = $2, claimed_until = ${NOW} + ${CLAIM_SECONDS} WHERE job = $1 AND part =
           (SELECT part FROM job_parts JOIN jobs ON ${FREE_PART} WHERE job = $1 AND status = 'running'
            ORDER BY part LIMIT 1 FOR UPDATE OF job_parts SKIP LOCKED)
         RETURNING part, first, last, position, content, name`,
        [job, this.claim],
      );
      return part ?? null;
    });
  }

  async renew(): Promise<void> {
    await this.#all(`claimed_until = ${NOW} + ${CLAIM_SECONDS}`);
  }

  /** Lets others take at once what this process has not done. */
  async release(): Promise<void> {
    await this.#all('claim = NULL');
  }

  async #all(change: string): Promise<void> {
    await this.#database.update(async (session) => {
      await session.run(`UPDATE jobs SET ${change} WHERE claim = $1`, [this.claim]);
      await session.run(`UPDATE job_parts SET ${change} WHERE claim = $1`, [this.claim]);
    });
  }

  async #begin(id: string, session: Session): Promise<JobRow | null> {
    const [job] = await session.query<JobRow>(
      `UPDATE jobs SET status = 'running', started = coalesce(started, ${NOW})
       WHERE id = $1 AND status IN ('queued', 'running')
       RETURNING id, type, status, input, counts, created_at, finished_at, started, ${NOW} AS now`,
      [id],
    );
    return job ?? null;
  }
}
