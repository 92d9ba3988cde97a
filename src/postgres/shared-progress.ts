import { JobProgress, type Step } from '../ingest/job-progress.js';
import type { Unit } from '../ingest/units.js';
import type { JobCounts } from '../storage/job-store.js';
import { CLAIM_SECONDS, NOW } from './job-claims.js';
import type { Session } from './session.js';

/** A part of a job's input: lines or files by their numbers, both ends among them. */
export interface PartRange {
  part: number;
  first: number;
  last: number;
}

/** Another process has taken over, or the job was cancelled: what was to be stored is not. */
export class ClaimLost extends Error {
  override name = 'ClaimLost';
}

/** The progress of a job that several processes may share: it counts only while the claim on it holds. */
export class SharedProgress extends JobProgress {
  readonly #claim: string;
  readonly #parts: PartRange[] | null;

  /** @param parts those that were claimed; null where the whole job was */
  constructor(
    { job, claim, parts }: { job: string; claim: string; parts: PartRange[] | null },
    counts: JobCounts,
    units: Unit[],
  ) {
    super(job, counts, units);
    this.#claim = claim;
    this.#parts = parts;
  }

  /**
   * Notes in the transaction that stores documents how far the parts have come; those that are done go.
   * @throws ClaimLost
   */
  async hold({ finished }: Step, session: Session): Promise<void> {
    if (!this.#parts) {
      const held = await session.run(
        `UPDATE jobs SET claimed_until = ${NOW} + ${CLAIM_SECONDS} WHERE id = $1 AND claim = $2 AND status = 'running'`,
        [this.job, this.#claim],
      );
      if (held === 0) throw new ClaimLost();
      return;
    }
    for (const { part, first, last } of this.#parts) {
      const positions = finished.map(({ position }) => position).filter((at) => at >= first && at <= last);
      if (positions.length === 0) continue;
      const position = Math.max(...positions);
      const held =
        position === last
          ? await session.run('DELETE FROM job_parts WHERE job = $1 AND part = $2 AND claim = $3', [
              this.job,
              part,
              this.#claim,
            ])
          : await session.run(
              `UPDATE job_parts SET position = $4, claimed_until = ${NOW} + ${CLAIM_SECONDS}
               WHERE job = $1 AND part = $2 AND claim = $3`,
              [this.job, part, this.#claim, position],
            );
      if (held === 0) throw new ClaimLost();
    }
  }
}
