import { durationOf, numberOf, sizeOf } from '../amounts.js';
import { element } from '../element.js';
import { wordCounts } from '../jobs/job-entry.js';
import { counted } from '../wording.js';
import type { UploadProgress } from './upload.js';

const FAILURES_SHOWN = 200;

/** What is told of an upload, and what may be done about it. */
export interface ProgressPanel {
  node: HTMLElement;
  show(progress: UploadProgress): void;
}

/** The parts of a panel that act. */
export interface ProgressPanelOptions {
  cancel(): void;
  retry(): void;
}

export function createProgressPanel({ cancel, retry }: ProgressPanelOptions): ProgressPanel {
  const line = element('p', { role: 'status' });
  const sent = element('progress', { 'aria-label': 'Sent' });
  const sentLine = element('p', { class: 'quiet' });
  const read = element('progress', { 'aria-label': 'Read' });
  const readLine = element('p', { class: 'quiet' });
  const button = (words: string, press: () => void): HTMLButtonElement => {
    const made = element('button', { type: 'button' }, words);
    made.addEventListener('click', press);
    return made;
  };
  const cancelButton = button('Cancel', cancel);
  const retryButton = button('Send what failed again', retry);
  const link = element('a', { href: './', class: 'search-them' }, 'Search them');
  const failures = element('details', { class: 'failures', hidden: true });
  const node = element(
    'section',
    { class: 'upload', 'aria-label': 'Upload' },
    line,
    sent,
    sentLine,
    read,
    readLine,
    element('p', { class: 'upload-actions' }, cancelButton, retryButton, link),
    failures,
  );

  function show(progress: UploadProgress): void {
    const { status, files, bytes, sentBytes, read: done, counts } = progress;
    const isOver = status === 'done' || status === 'cancelled';
    const words = headline(progress);
    if (line.textContent !== words) line.textContent = words;
    node.dataset.status = status;
    [sent.max, sent.value] = [bytes || 1, sentBytes];
    [read.max, read.value] = [files || 1, Math.min(done, files)];
    sentLine.textContent = wordSent(progress);
    readLine.textContent = wordRead(progress);
    cancelButton.hidden = isOver;
    retryButton.hidden = !isOver || progress.failures.length === 0;
    link.hidden = counts.created + counts.updated + counts.unchanged === 0;
    showFailures(failures, progress);
  }

  return { node, show };
}

function headline({ status, files, counts }: UploadProgress): string {
  if (status === 'sending') return `Sending ${counted(files, 'file')} …`;
  if (status === 'reading') return `All is sent. ${counted(files, 'file')} are being read …`;
  const outcome = wordCounts({ ...counts, removed: 0, total: null, done: 0 }) || 'nothing was taken';
  return status === 'cancelled' ? `Cancelled: ${outcome}.` : `Done: ${outcome}.`;
}

function wordSent({ status, bytes, sentBytes, bytesPerSecond }: UploadProgress): string {
  const parts = [`Sent ${sizeOf(sentBytes)} of ${sizeOf(bytes)}`];
  if (status === 'sending' && bytesPerSecond !== null && bytesPerSecond > 0) {
    parts.push(`${sizeOf(bytesPerSecond)} a second`);
    parts.push(`${durationOf((bytes - sentBytes) / bytesPerSecond)} left`);
  }
  return parts.join(' · ');
}

function wordRead({ status, files, read, etaSeconds }: UploadProgress): string {
  const isGoingOn = status === 'sending' || status === 'reading';
  const parts = [`Read ${numberOf(read)} of ${counted(files, 'file')}`];
  if (isGoingOn && etaSeconds !== null) parts.push(`about ${durationOf(etaSeconds)} left of what was sent`);
  return parts.join(' · ');
}

function showFailures(details: HTMLDetailsElement, { failures }: UploadProgress): void {
  details.hidden = failures.length === 0;
  if (details.dataset.count === String(failures.length)) return;
  details.dataset.count = String(failures.length);
  const shown = failures.slice(0, FAILURES_SHOWN);
  details.replaceChildren(
    element('summary', {}, `${counted(failures.length, 'failure')}, and why`),
    element(
      'ul',
      {},
      ...shown.map(({ item, detail }) => element('li', {}, element('strong', {}, item), `: ${detail}`)),
    ),
  );
}
