import { z } from 'zod';
import type { Job } from '../../../storage/job-store.js';

const failure = z.strictObject({
  item: z.string().describe('The file, line or document.'),
  code: z.string(),
  detail: z.string(),
});

export const job = z.strictObject({
  id: z.string(),
  type: z.enum(['import', 'files', 'sync', 'reembed', 'rebuild', 'compact']),
  status: z.enum(['queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled']),
  counts: z.strictObject({
    total: z.int().nullable().describe('Null while it is not known.'),
    done: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    removed: z.int(),
    failed: z.int(),
  }),
  errors: z.array(failure).describe('What could not be taken; a thousand at most.'),
  waiting: failure
    .omit({ item: true })
    .nullable()
    .describe('What the job waits for, such as a full disk; null while it does not.'),
  etaSeconds: z.number().nullable(),
  ratePerSecond: z.number().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
}) satisfies z.ZodType<Job>;

export const jobAnswer = z.strictObject({ job });

export const jobList = z.strictObject({ jobs: z.array(job).describe('The newest first.') });
