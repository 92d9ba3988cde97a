import { type FollowOptions, isFinished } from '../akin.js';
import type { Job } from '../storage/job-store.js';
import type { JobRunner } from './job-runner.js';

/**
 * Waits for a job's end.
 * @throws AkinError CANCELLED when the index is being closed
 */
export async function followJob(
  jobs: JobRunner,
  queued: Job,
  { onProgress, signal }: FollowOptions,
): Promise<Job> {
  let job = queued;
  for (; !isFinished(job); job = await jobs.change(job.id)) {
    if (signal?.aborted) jobs.cancel(job.id);
    onProgress?.(job);
  }
  onProgress?.(job);
  return job;
}
