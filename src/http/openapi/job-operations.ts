import { reembedRequest, syncRequest } from '../job-routes.js';
import { jobAnswer, jobList } from './answers/jobs.js';
import { json, type Operation } from './operation.js';

const job = json('JobAnswer', jobAnswer);
const queued = { 202: { description: 'The job that does it.', content: job } };
const JOB = { path: { id: 'JOB' } };
const OWNER_ONLY = 'Only for the commands of the user who runs the server: it reads files of its machine.';

/** Jobs, and maintenance, most of which jobs do. */
export const jobOperations: Operation[] = [
  {
    method: 'GET',
    path: '/v1/jobs',
    id: 'listJobs',
    tag: 'Jobs',
    summary: 'List jobs',
    answers: { 200: { description: 'The newest first.', content: json('JobList', jobList) } },
  },
  {
    method: 'POST',
    path: '/v1/jobs',
    id: 'ingest',
    tag: 'Jobs',
    summary: "Bring in files of the server's machine",
    description: OWNER_ONLY,
    body: json('SyncRequest', syncRequest, { paths: ['/srv/articles'] }),
    answers: queued,
  },
  {
    method: 'GET',
    path: '/v1/jobs/:id',
    id: 'getJob',
    tag: 'Jobs',
    summary: 'How a job goes on',
    answers: { 200: { description: 'The job.', content: job } },
    failures: ['JOB_NOT_FOUND'],
    example: JOB,
  },
  {
    method: 'GET',
    path: '/v1/jobs/:id/events',
    id: 'followJob',
    tag: 'Jobs',
    summary: 'Follow a job',
    description:
      'Events of the name `job`, each with the job as JSON, each time that it has changed until its end.',
    answers: {
      200: {
        description: 'Server-sent events.',
        content: { type: 'text/event-stream', schema: { type: 'string' } },
      },
    },
    failures: ['JOB_NOT_FOUND'],
    example: JOB,
  },
  {
    method: 'DELETE',
    path: '/v1/jobs/:id',
    id: 'cancelJob',
    tag: 'Jobs',
    summary: 'Cancel a job',
    description: 'What it has stored stays. One that has ended stays as it is.',
    answers: { 200: { description: 'The job.', content: job } },
    failures: ['JOB_NOT_FOUND'],
    example: JOB,
  },
  {
    method: 'POST',
    path: '/v1/backups',
    id: 'backup',
    tag: 'Maintenance',
    summary: 'Download a backup',
    answers: {
      200: {
        description: 'All that the index holds, for akin restore.',
        content: { type: 'application/octet-stream', schema: { type: 'string', format: 'binary' } },
      },
    },
    failures: ['DISK_FULL'],
  },
  {
    method: 'POST',
    path: '/v1/rebuild',
    id: 'rebuild',
    tag: 'Maintenance',
    summary: 'Build the vector index anew',
    answers: queued,
  },
  {
    method: 'POST',
    path: '/v1/compact',
    id: 'compact',
    tag: 'Maintenance',
    summary: 'Erase what was removed from the disk',
    answers: queued,
  },
  {
    method: 'POST',
    path: '/v1/reembed',
    id: 'reembed',
    tag: 'Maintenance',
    summary: 'Embed the index with another model',
    description: OWNER_ONLY,
    body: json('ReembedRequest', reembedRequest, { model: 'all-MiniLM-L6-v2', dtype: 'int8' }),
    answers: queued,
  },
];
