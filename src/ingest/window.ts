import type { JobCounts } from '../storage/job-store.js';
import type { DocumentWriter, EmbeddedDocuments } from './document-writer.js';
import { JobProgress } from './job-progress.js';
import type { Unit } from './units.js';

/** Passages that are embedded together: enough that batches of like length come about. */
const PASSAGES_AT_ONCE = 512;
const UNITS_AT_ONCE = 256;

/** Units that are embedded and written together. */
export interface Window {
  units: Unit[];
  embedded: Promise<EmbeddedDocuments>;
}

/** Takes units until there is enough to embed, and begins to embed them; null at the end. */
export async function nextWindow(
  source: AsyncIterator<Unit>,
  writer: Pick<DocumentWriter, 'embed'>,
): Promise<Window | null> {
  const units: Unit[] = [];
  let passages = 0;
  while (passages < PASSAGES_AT_ONCE && units.length < UNITS_AT_ONCE) {
    const { done, value } = await source.next();
    if (done) break;
    units.push(value);
    for (const document of value.documents) passages += document.passages.length;
  }
  if (units.length === 0) return null;
  const embedded = writer.embed(units.flatMap((unit) => unit.documents));
  // A failure is told to the one who writes the window.
  embedded.catch(() => undefined);
  return { units, embedded };
}

/**
 * Stores what a window of units holds and notes in the same transactions how far the job has come: after a crash
 * it goes on behind the last unit that was stored whole.
 *
 * @returns the counts with this window's
 */
export async function writeWindow(
  { units, embedded }: Window,
  { job, counts, writer }: { job: string; counts: JobCounts; writer: DocumentWriter },
): Promise<JobCounts> {
  const progress = new JobProgress(job, counts, units);
  await writer.store(await embedded, { progress });
  return progress.counts;
}
