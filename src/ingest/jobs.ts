import type { ModelChoice } from '../maintenance/model-switch.js';
import type { UpkeepType } from '../maintenance/upkeep.js';
import type { Job, JobStatus } from '../storage/job-store.js';
import type { Awaitable } from '../storage/stored-index.js';
import type { SyncInput } from './job-input.js';
import type { FoundFile } from './walk.js';

/** Work that goes on behind the requests that asked for it: in one process, or shared by all that are on one database. */
export interface Jobs {
  /**
   * Takes up the jobs that an earlier process left unfinished, and clears away what broken-off uploads left.
   * @returns how many jobs there were
   */
  resume(): Promise<number>;
  /** Clears away what broken-off uploads left; none may be under way. */
  sweep(): Promise<void>;
  /** Where uploads may be written before a job takes them. */
  uploadFolder(): Promise<string>;
  /** Keeps a stream of NDJSON and queues its import. When it resolves, the import is safe from crashes. */
  addImport(stream: NodeJS.ReadableStream): Promise<Job>;
  /** Keeps uploaded files, which are moved, and queues them. */
  addFiles(uploads: Omit<FoundFile, 'place'>[]): Promise<Job>;
  /** Queues the bringing in of files and folders of this machine. */
  addSync(input: SyncInput): Awaitable<Job>;
  /**
   * Queues work on the whole index.
   * @param input of a reembedding, the model
   */
  addUpkeep(type: UpkeepType, input?: ModelChoice | null): Awaitable<Job>;
  /** @throws AkinError JOB_NOT_FOUND */
  get(id: string): Awaitable<Job>;
  /** The newest first. */
  list(limit?: number): Awaitable<Job[]>;
  /** How many jobs have each status. */
  counts(): Awaitable<Record<JobStatus, number>>;
  /** Cancels a job that is queued or running; what it has stored stays. */
  cancel(id: string): Awaitable<Job>;
  /**
   * Resolves when something about the job has changed, or after a second; at once where it has ended.
   * @throws AkinError CANCELLED when the index is being closed
   */
  change(id: string): Promise<Job>;
  /** Stops after what is being written; the running job and the queued ones go on with the next start. */
  close(): Promise<void>;
}
