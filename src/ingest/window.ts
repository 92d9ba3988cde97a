import type { StoredChange } from '../storage/document-store.js';
import type { JobCounts } from '../storage/job-store.js';
import type { Storage } from '../storage/storage.js';
import type { DocumentWriter, EmbeddedDocuments, WrittenDocument } from './document-writer.js';
import type { FileOutcome, Unit } from './units.js';

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
  {
    job,
    counts,
    storage,
    writer,
  }: { job: string; counts: JobCounts; storage: Storage; writer: DocumentWriter },
): Promise<JobCounts> {
  const pending = units.map((unit) => ({ unit, left: unit.documents.length }));
  const sum = { ...counts };

  const settle = (written: WrittenDocument[]): StoredChange[] => {
    const removed: StoredChange[] = [];
    for (const { status } of written) sum[status]++;
    let stored = written.length;
    for (let [first] = pending; first && first.left <= stored; [first] = pending) {
      stored -= first.left;
      const { unit } = first;
      const gone = unit.file ? finishFile(unit.file, storage) : [];
      removed.push(...gone);
      sum.removed += gone.length;
      sum.done += unit.done;
      sum.unchanged += unit.unchanged;
      sum.failed += unit.failures.length;
      storage.jobs.advance(job, unit.position, sum, unit.failures);
      pending.shift();
    }
    if (pending[0]) pending[0].left -= stored;
    return removed;
  };

  const ready = await embedded;
  if (ready.documents.length === 0)
    await writer.apply(storage.transaction(() => settle([]), { durable: false }));
  else await writer.store(ready, { onStored: settle });
  return sum;
}

/** Notes what became of a file, and removes the documents that it no longer holds. */
function finishFile(file: FileOutcome, storage: Storage): StoredChange[] {
  const { documents, files } = storage;
  if (file.kind === 'gone') {
    const removed = documents.idsOfFile(file.path).flatMap((id) => documents.remove(id) ?? []);
    files.remove(file.path);
    return removed;
  }
  if (file.kind === 'moved') {
    documents.moveFile(file.from, file.record.path);
    files.remove(file.from);
    files.record(file.record, []);
    return [];
  }
  const { record, failures } = file;
  const held = new Set(file.kind === 'read' ? file.held : []);
  // With failures, what is missing may be a part that could not be read: it stays.
  const isWhole = file.kind === 'read' && failures.length === 0;
  const gone = isWhole ? documents.idsOfFile(record.path).filter((id) => !held.has(id)) : [];
  const removed = gone.flatMap((id) => documents.remove(id) ?? []);
  files.record(record, failures);
  return removed;
}
