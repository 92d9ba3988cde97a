import { type FollowOptions, isFinished } from '../akin.js';
import type { Job } from '../storage/job-store.js';
import type { Jobs } from './jobs.js';

/**
 * Waits for a job's end.
 * @throws AkinError CANCELLED when the index is being closed
 */
export async function followJob(
  jobs: Jobs,
  queued: Job,
  { onProgress, signal }: FollowOptions,
): Promise<Job> {
  let job = queued;
  for (; !isFinished(job); job = await jobs.change(job.id)) {
    if (signal?.aborted) await jobs.cancel(job.id);
    onProgress?.(job);
  }
  onProgress?.(job);
  return job;
}
