import type { WrittenDocument } from '../ingest/document-sink.js';
import { countsWith, type JobProgress, type Step } from '../ingest/job-progress.js';
import { type JobCounts, NO_COUNTS } from '../storage/job-store.js';
import { finishFile } from './finish-files.js';
import { addCounts, addFailures } from './job-rows.js';
import type { Session } from './session.js';
import { SharedProgress } from './shared-progress.js';

/** What was noted of a job's progress. */
export interface NotedProgress {
  step: Step;
  /** Of the job, with this step and with those of other processes. */
  counts: JobCounts;
  /** The terms that documents had which were removed. */
  terms: number[];
}

/** Notes what storing these documents finishes: file by file, and how far the job has come. */
export async function noteProgress(
  progress: JobProgress,
  written: WrittenDocument[],
  session: Session,
): Promise<NotedProgress> {
  const step = progress.after(written);
  if (progress instanceof SharedProgress) await progress.hold(step, session);
  const terms: number[] = [];
  let removed = 0;
  for (const { file } of step.finished) {
    if (!file) continue;
    const gone = await finishFile(file, session);
    removed += gone.documents;
    for (const term of gone.terms) terms.push(term);
  }
  const counts = await addCounts(progress.job, countsWith(NO_COUNTS, step, removed), session);
  const failures = step.finished.flatMap((unit) => unit.failures);
  await addFailures(progress.job, failures, session);
  return { step, counts, terms };
}
