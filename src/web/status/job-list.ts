import type { Job } from '../answers.js';
import { element } from '../element.js';
import { createJobEntry, type JobEntry } from '../jobs/job-entry.js';

const SHOWN = 10;

/** The newest jobs, kept up to date. */
export interface JobList {
  node: HTMLElement;
  show(jobs: Job[]): void;
}

/** @param cancel asked to end a job */
export function createJobList(cancel: (id: string) => void): JobList {
  const entries = new Map<string, JobEntry>();
  const none = element('p', { class: 'quiet' }, 'There were none since the index was made.');
  const list = element('ul', { class: 'jobs' });

  function show(jobs: Job[]): void {
    const shown = jobs.slice(0, SHOWN);
    none.hidden = shown.length > 0;
    for (const job of shown) {
      const entry = entries.get(job.id) ?? createJobEntry(job, cancel);
      entries.set(job.id, entry);
      entry.show(job);
    }
    for (const [id, { node }] of entries) {
      if (shown.some((job) => job.id === id)) continue;
      node.remove();
      entries.delete(id);
    }
    // Only new ones are put in: what a reader has focused or opened stays.
    for (const [place, job] of shown.entries()) {
      const node = entries.get(job.id)?.node;
      if (node && list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null);
    }
  }

  return { node: element('div', {}, none, list), show };
}
