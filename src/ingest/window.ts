import { errorCode, errorMessage } from '../errors.js';
import type { JobCounts } from '../storage/job-store.js';
import type { Failure } from '../types.js';
import { wasTooMuch } from '../workers/task-worker.js';
import type { DocumentWriter, EmbeddedDocuments, IdentifiedDocument } from './document-writer.js';
import { JobProgress } from './job-progress.js';
import type { Unit } from './units.js';

/** Passages that are embedded together: enough that batches of like length come about. */
const PASSAGES_AT_ONCE = 512;
const UNITS_AT_ONCE = 256;

/** Units that are embedded and written together. */
export interface Window {
  embedded: Promise<EmbeddedUnits>;
}

export interface EmbeddedUnits {
  /** Without the documents that could not be embedded: they are among the failures. */
  units: Unit[];
  documents: EmbeddedDocuments;
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
  const embedded = embedUnits(units, writer);
  // A failure is told to the one who writes the window.
  embedded.catch(() => undefined);
  return { embedded };
}

/**
 * Stores what a window of units holds and notes in the same transactions how far the job has come: after a crash
 * it goes on behind the last unit that was stored whole.
 *
 * @returns the counts with this window's
 */
export async function writeWindow(
  { embedded }: Window,
  { job, counts, writer }: { job: string; counts: JobCounts; writer: DocumentWriter },
): Promise<JobCounts> {
  const { units, documents } = await embedded;
  const progress = new JobProgress(job, counts, units);
  await writer.store(documents, { progress });
  return progress.counts;
}

/** Documents that are too much together are embedded one by one: only those that are too much alone fail. */
async function embedUnits(units: Unit[], writer: Pick<DocumentWriter, 'embed'>): Promise<EmbeddedUnits> {
  const all = units.flatMap((unit) => unit.documents);
  try {
    return { units, documents: await writer.embed(all) };
  } catch (error) {
    if (!wasTooMuch(error)) throw error;
  }
  const failures = new Map<IdentifiedDocument, Failure>();
  const embedded = await writer.embed([]);
  for (const document of all) {
    try {
      const { documents, vectors, model } = await writer.embed([document]);
      embedded.documents.push(...documents);
      // Those of another model are made again when they are stored.
      if (model !== embedded.model) embedded.vectors.clear();
      embedded.model = model;
      for (const [each, own] of vectors) embedded.vectors.set(each, own);
    } catch (error) {
      if (!wasTooMuch(error)) throw error;
      failures.set(document, { item: document.id, code: errorCode(error), detail: errorMessage(error) });
    }
  }
  return { units: units.map((unit) => withoutFailed(unit, failures)), documents: embedded };
}

function withoutFailed(unit: Unit, failed: Map<IdentifiedDocument, Failure>): Unit {
  const own = unit.documents.flatMap((document) => failed.get(document) ?? []);
  const file =
    unit.file && 'failures' in unit.file
      ? { ...unit.file, failures: [...unit.file.failures, ...own] }
      : unit.file;
  const documents = unit.documents.filter((document) => !failed.has(document));
  return { ...unit, documents, failures: [...unit.failures, ...own], file };
}
