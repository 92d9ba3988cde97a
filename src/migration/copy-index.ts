import type { ModelFingerprint } from '../embedding/embedder.js';
import { AkinError } from '../errors.js';
import type { StorableDocument } from '../storage/document-store.js';
import type { FileRecord } from '../storage/file-store.js';
import type { SiteCount } from '../storage/site-store.js';
import type { Awaitable } from '../storage/stored-index.js';
import type { Failure } from '../types.js';

/** Documents that are copied together. */
const DOCUMENTS_AT_ONCE = 128;

/** A document as it is stored, with its key there. */
export interface ExportedDocument extends StorableDocument {
  key: number;
  vectors: Float32Array[];
}

/** What an index holds, to be copied. */
export interface IndexSource {
  place: string;
  /** Null in an empty index. */
  fingerprint(): Awaitable<string | null>;
  counts(): Awaitable<{ documents: number; passages: number }>;
  /** In the order in which they came, after the one with the key `after`. */
  documents(after: number, limit: number): Awaitable<ExportedDocument[]>;
  files(): Awaitable<{ record: FileRecord; failures: Failure[] }[]>;
  sites(): Awaitable<SiteCount[]>;
}

/** Where an index is copied to. */
export interface IndexTarget {
  place: string;
  counts(): Awaitable<{ documents: number; passages: number }>;
  begin(fingerprint: string, dimensions: number): Awaitable<void>;
  put(documents: StorableDocument[], model: ModelFingerprint): Promise<void>;
  /** What goes with the documents, when all are there. */
  end(files: { record: FileRecord; failures: Failure[] }[], sites: SiteCount[]): Awaitable<void>;
}

export interface CopyOptions {
  onProgress: (done: number, total: number) => void;
  isStopped: () => boolean;
  /** Go on with a copy that broke off: what is there already stays. Default: false */
  resume?: boolean;
}

/** What was copied. */
export interface CopyReport {
  documents: number;
  passages: number;
}

/**
 * Copies all that an index holds into another, of whatever kind, with its vectors: nothing is embedded.
 * @throws AkinError INDEX_NOT_EMPTY, INDEX_NOT_FOUND, CANCELLED, or MIGRATION_FAILED where not all of it came over
 */
export async function copyIndex(
  source: IndexSource,
  target: IndexTarget,
  { onProgress, isStopped, resume = false }: CopyOptions,
): Promise<CopyReport> {
  const fingerprint = await source.fingerprint();
  if (fingerprint === null) throw new AkinError('INDEX_NOT_FOUND', `There is nothing in ${source.place}.`);
  if (!resume && (await target.counts()).documents > 0) {
    throw new AkinError(
      'INDEX_NOT_EMPTY',
      `There are documents in ${target.place}. Name another place; or, to go on with a migration that broke off, add --resume.`,
    );
  }
  const model = JSON.parse(fingerprint) as ModelFingerprint;
  await target.begin(fingerprint, model.dimensions);
  const { documents: total } = await source.counts();
  let done = 0;
  for (let after = 0; ; ) {
    if (isStopped()) throw new AkinError('CANCELLED', 'The migration was stopped; with --resume it goes on.');
    const documents = await source.documents(after, DOCUMENTS_AT_ONCE);
    const last = documents.at(-1);
    if (!last) break;
    await target.put(documents, model);
    done += documents.length;
    after = last.key;
    onProgress(done, total);
  }
  await target.end(await source.files(), await source.sites());
  return checkAll(source, target);
}

async function checkAll(source: IndexSource, target: IndexTarget): Promise<CopyReport> {
  const [from, to] = [await source.counts(), await target.counts()];
  if (from.documents === to.documents && from.passages === to.passages) return to;
  throw new AkinError(
    'MIGRATION_FAILED',
    `${source.place} has ${from.documents} documents of ${from.passages} passages, ${target.place} ${to.documents} of ${to.passages}: the index changed meanwhile. Run it again with --resume while nothing is written.`,
  );
}
