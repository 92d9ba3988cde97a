import type { JobCounts } from '../storage/job-store.js';
import type { Failure } from '../types.js';
import type { WrittenDocument } from './document-sink.js';
import type { FileOutcome, Unit } from './units.js';

/** A unit of which everything is stored. */
export interface FinishedUnit {
  file: FileOutcome | null;
  failures: Failure[];
  /** The job's position behind it. */
  position: number;
  /** What it adds to the job's counts, but for the documents that were written or that its file no longer holds. */
  counts: Pick<JobCounts, 'done' | 'unchanged' | 'failed'>;
}

/** What storing some documents finishes. */
export interface Step {
  /** How many documents were written, by what became of them. */
  written: Pick<JobCounts, 'created' | 'updated' | 'unchanged'>;
  finished: FinishedUnit[];
  /** Documents of the first unfinished unit that are stored. */
  ahead: number;
}

/** How far a job has come in a window of units: it goes on behind the last unit that was stored whole. */
export class JobProgress {
  readonly job: string;
  #units: Unit[];
  /** Documents of the first unit that are stored. */
  #ahead = 0;
  #counts: JobCounts;

  constructor(job: string, counts: JobCounts, units: Unit[]) {
    this.job = job;
    this.#counts = counts;
    this.#units = units;
  }

  get counts(): JobCounts {
    return this.#counts;
  }

  /** What is finished when these are stored. Nothing is taken for stored until `goOn`. */
  after(documents: WrittenDocument[]): Step {
    const written = { created: 0, updated: 0, unchanged: 0 };
    for (const { status } of documents) written[status]++;
    let ahead = this.#ahead + documents.length;
    const finished: FinishedUnit[] = [];
    for (const { documents: own, file, failures, position, done, unchanged } of this.#units) {
      if (own.length > ahead) break;
      ahead -= own.length;
      finished.push({ file, failures, position, counts: { done, unchanged, failed: failures.length } });
    }
    return { written, finished, ahead };
  }

  /** The step is stored. @param counts of the job, with it */
  goOn({ finished, ahead }: Step, counts: JobCounts): void {
    this.#units = this.#units.slice(finished.length);
    this.#ahead = ahead;
    this.#counts = counts;
  }
}

/** @param removed documents that finishing the step's files has removed */
export function countsWith(counts: JobCounts, { written, finished }: Step, removed: number): JobCounts {
  const sum = { ...counts, removed: counts.removed + removed };
  sum.created += written.created;
  sum.updated += written.updated;
  sum.unchanged += written.unchanged;
  for (const { counts: own } of finished) {
    sum.done += own.done;
    sum.unchanged += own.unchanged;
    sum.failed += own.failed;
  }
  return sum;
}
