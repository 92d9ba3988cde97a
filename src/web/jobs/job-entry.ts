import { durationOf, numberOf } from '../amounts.js';
import type { Job } from '../answers.js';
import { element } from '../element.js';
import { counted } from '../wording.js';

const TYPES: Record<string, string> = {
  import: 'Import',
  files: 'Uploaded files',
  sync: 'Folder',
  reembed: 'Change of model',
  rebuild: 'Vector index built anew',
  compact: 'Compaction',
};
const STATUSES: Record<string, string> = {
  queued: 'waiting for its turn',
  running: 'running',
  succeeded: 'done',
  partial: 'done, but for some failures',
  failed: 'failed',
  cancelled: 'cancelled',
};
/** More failures than this are in `akin jobs`. */
const FAILURES_SHOWN = 100;

/** Whether a job has not come to its end. */
export function isGoingOn({ status }: Pick<Job, 'status'>): boolean {
  return status === 'queued' || status === 'running';
}

/** `12 new, 3 unchanged, 1 failed`; what is none is left out. */
export function wordCounts({ created, updated, unchanged, removed, failed }: Job['counts']): string {
  const parts = [
    [created, 'new'],
    [updated, 'changed'],
    [unchanged, 'unchanged'],
    [removed, 'removed'],
    [failed, 'failed'],
  ] as const;
  return parts.flatMap(([count, name]) => (count > 0 ? [`${numberOf(count)} ${name}`] : [])).join(', ');
}

/** A job in a list, kept up to date. */
export interface JobEntry {
  node: HTMLElement;
  show(job: Job): void;
}

/** @param cancel asked to end the job; left out where that is not offered */
export function createJobEntry(first: Job, cancel?: (id: string) => void): JobEntry {
  const line = element('p', {});
  const bar = element('progress', { 'aria-label': `Progress: ${TYPES[first.type] ?? first.type}` });
  const facts = element('p', { class: 'quiet' });
  const button = element('button', { type: 'button', class: 'link' }, 'Cancel');
  button.addEventListener('click', () => cancel?.(first.id));
  const failures = element('details', { class: 'failures', hidden: true });
  const node = element('li', { class: 'job', 'data-job': first.id }, line, bar, facts, button, failures);

  function show(job: Job): void {
    const { total, done } = job.counts;
    const started = new Date(job.createdAt).toLocaleString('en-GB', {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
    line.textContent = `${TYPES[job.type] ?? job.type}: ${STATUSES[job.status] ?? job.status}`;
    node.dataset.status = job.status;
    bar.hidden = !isGoingOn(job);
    if (total === null || total === 0) bar.removeAttribute('value');
    else [bar.max, bar.value] = [total, Math.min(done, total)];
    const parts = [
      isGoingOn(job) && total !== null ? `${numberOf(done)} of ${numberOf(total)}` : '',
      wordCounts(job.counts),
      job.ratePerSecond === null ? '' : `${numberOf(job.ratePerSecond)} a second`,
      isGoingOn(job) && job.etaSeconds !== null ? `${durationOf(job.etaSeconds)} left` : '',
      job.waiting === null ? '' : job.waiting.detail,
      started,
    ];
    facts.textContent = parts.filter((part) => part !== '').join(' · ');
    button.hidden = cancel === undefined || !isGoingOn(job);
    showFailures(failures, job);
  }

  show(first);
  return { node, show };
}

function showFailures(details: HTMLDetailsElement, { errors, counts }: Job): void {
  details.hidden = errors.length === 0;
  if (details.dataset.count === String(errors.length)) return;
  details.dataset.count = String(errors.length);
  details.replaceChildren(
    element('summary', {}, `${counted(Math.max(counts.failed, errors.length), 'failure')}, and why`),
    element(
      'ul',
      {},
      ...errors
        .slice(0, FAILURES_SHOWN)
        .map(({ item, code, detail }) =>
          element('li', { title: code }, element('strong', {}, item), `: ${detail}`),
        ),
    ),
  );
}
