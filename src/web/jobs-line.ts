import type { Job } from './answers.js';
import { listJobs } from './api.js';

const ASK_WHILE_RUNNING_MS = 2000;
const ASK_WHILE_IDLE_MS = 20_000;

/** What is being brought in at the moment: `Bringing documents in: 12 of 40`; null when nothing is. */
export function wordJobs(jobs: Job[]): string | null {
  const running = jobs.filter((job) => job.status === 'running');
  if (running.length === 0) return null;
  const sum = (field: 'done' | 'total') => running.reduce((sum, job) => sum + (job.counts[field] ?? 0), 0);
  const [done, total] = [sum('done'), sum('total')];
  return total === 0 ? 'Bringing documents in …' : `Bringing documents in: ${done} of ${total}`;
}

/** The line to keep, and whom to tell. */
export interface JobsLineOptions {
  line: HTMLElement;
  /** Called when the last running job has ended. */
  finished(): void;
}

/** Keeps a line about running jobs up to date, hidden while there are none. Hidden pages do not ask. */
export function followJobs({ line, finished }: JobsLineOptions): void {
  const never = new AbortController().signal;

  async function ask(): Promise<void> {
    const before = line.textContent;
    // The line is a courtesy: while the server does not answer, the page says so elsewhere.
    const words = document.hidden ? before || null : await listJobs(never).then(wordJobs, () => null);
    line.textContent = words;
    line.hidden = words === null;
    window.setTimeout(ask, words === null ? ASK_WHILE_IDLE_MS : ASK_WHILE_RUNNING_MS);
    if (before && words === null) finished();
  }

  void ask();
}
