import type { Job } from '../answers.js';
import { isGoingOn } from '../jobs/job-entry.js';
import { RequestError, requestJson } from '../request.js';
import type { ChosenFile } from './collect-files.js';
import { portionsOf } from './portions.js';
import { sendFiles } from './send-files.js';

const ASK_AGAIN_MS = 1_000;
/** A rate is told over so long: over a moment it jumps. */
const RATE_MS = 5_000;

/** A file that was not taken, and why. */
export interface UploadFailure {
  item: string;
  detail: string;
}

/** How far an upload is. */
export interface UploadProgress {
  status: 'sending' | 'reading' | 'done' | 'cancelled';
  files: number;
  bytes: number;
  sentBytes: number;
  /** Over the last seconds; null while that is not known. */
  bytesPerSecond: number | null;
  /** Files that the server has read. */
  read: number;
  counts: Pick<Job['counts'], 'created' | 'updated' | 'unchanged' | 'failed'>;
  /** What is left of reading, as far as the server knows. */
  etaSeconds: number | null;
  failures: UploadFailure[];
}

/** Sends files a portion at a time and follows the jobs that read them. It goes on whatever view is shown. */
export class Upload {
  readonly #files: ChosenFile[];
  readonly #changed: (progress: UploadProgress) => void;
  readonly #cancelling = new AbortController();
  /** Each with what was last heard of it. */
  readonly #jobs = new Map<string, Job>();
  readonly #unsent: UploadFailure[] = [];
  readonly #marks: { at: number; bytes: number }[] = [];
  #sentBytes = 0;
  #isSending = true;

  /** @param changed told each time that something has changed */
  constructor(files: ChosenFile[], changed: (progress: UploadProgress) => void) {
    this.#files = files;
    this.#changed = changed;
  }

  /** Resolves at the end, also of one that was cancelled. Throws what concerns every file: no key, or one that may not write. */
  async run(): Promise<void> {
    const { signal } = this.#cancelling;
    const following = this.#follow();
    // A failure to follow is met below, once all is sent.
    following.catch(() => undefined);
    try {
      for (const portion of portionsOf(this.#files)) await this.#send(portion);
    } catch (failure) {
      if (!signal.aborted) throw failure;
    } finally {
      this.#isSending = false;
      this.#tell();
    }
    await following;
    this.#tell();
  }

  /** Sends nothing more, and ends the jobs. What is read already stays. */
  async cancel(): Promise<void> {
    this.#cancelling.abort();
    const { signal } = new AbortController();
    for (const job of this.#jobs.values()) {
      if (!isGoingOn(job)) continue;
      const path = `v1/jobs/${encodeURIComponent(job.id)}`;
      const answer = (await requestJson(path, { signal, method: 'DELETE' })) as { job: Job };
      this.#jobs.set(job.id, answer.job);
    }
    this.#tell();
  }

  get progress(): UploadProgress {
    const jobs = [...this.#jobs.values()];
    const sum = (field: keyof UploadProgress['counts'] | 'done'): number =>
      jobs.reduce((total, { counts }) => total + counts[field], 0);
    const { aborted } = this.#cancelling.signal;
    const isReading = jobs.some(isGoingOn);
    return {
      status: aborted ? 'cancelled' : this.#isSending ? 'sending' : isReading ? 'reading' : 'done',
      files: this.#files.length,
      bytes: this.#files.reduce((total, { file }) => total + file.size, 0),
      sentBytes: this.#sentBytes,
      bytesPerSecond: this.#rate(),
      read: sum('done'),
      counts: {
        created: sum('created'),
        updated: sum('updated'),
        unchanged: sum('unchanged'),
        failed: sum('failed') + this.#unsent.length,
      },
      etaSeconds: jobs.find((job) => job.status === 'running')?.etaSeconds ?? null,
      failures: [...this.#unsent, ...jobs.flatMap(({ errors }) => errors)],
    };
  }

  /** The files of which something was not taken. */
  failedFiles(): ChosenFile[] {
    const items = this.progress.failures.map(({ item }) => item);
    return this.#files.filter(({ path }) =>
      items.some((item) => item === path || item.startsWith(`${path}/`) || item.startsWith(`${path}#`)),
    );
  }

  async #send(portion: ChosenFile[]): Promise<void> {
    const { signal } = this.#cancelling;
    const before = this.#sentBytes;
    const size = portion.reduce((total, { file }) => total + file.size, 0);
    const onProgress = (bytes: number): void => {
      // What is sent is a little more than the files: their names, and what parts them.
      this.#sentBytes = before + Math.min(size, bytes);
      this.#marks.push({ at: performance.now(), bytes: this.#sentBytes });
      this.#tell();
    };
    try {
      const job = await sendFiles(portion, { signal, onProgress });
      this.#jobs.set(job.id, job);
    } catch (failure) {
      const concernsAll =
        !(failure instanceof RequestError) || failure.status === 401 || failure.status === 403;
      if (signal.aborted || concernsAll) throw failure;
      for (const { path } of portion) this.#unsent.push({ item: path, detail: failure.message });
    }
    onProgress(size);
  }

  /** Jobs are read one after the other: the first that goes on is the one to ask about. */
  async #follow(): Promise<void> {
    const { signal } = this.#cancelling;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      if (signal.aborted) return;
      const job = [...this.#jobs.values()].find(isGoingOn);
      if (!job && !this.#isSending) return;
      if (!job) continue;
      const answer = await requestJson(`v1/jobs/${encodeURIComponent(job.id)}`, { signal }).catch(
        stillGoingOn,
      );
      if (answer) this.#jobs.set(job.id, (answer as { job: Job }).job);
      this.#tell();
    }
  }

  #rate(): number | null {
    const now = performance.now();
    while (this.#marks.length > 2 && (this.#marks[0]?.at ?? now) < now - RATE_MS) this.#marks.shift();
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    const seconds = first ? (now - first.at) / 1_000 : 0;
    return first && last && seconds > 0.5 ? (last.bytes - first.bytes) / seconds : null;
  }

  #tell(): void {
    this.#changed(this.progress);
  }
}

/** A server that does not answer for a moment, or is busy, is asked again. */
function stillGoingOn(failure: unknown): null {
  if (failure instanceof RequestError && (failure.status === 0 || failure.status >= 500)) return null;
  throw failure;
}
