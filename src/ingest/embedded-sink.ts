import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ModelFingerprint } from '../embedding/embedder.js';
import { AkinError } from '../errors.js';
import type { KeywordIndex } from '../keyword-index/keyword-index.js';
import type { NewDocument, StorableDocument, StoredChange } from '../storage/document-store.js';
import { findVersions } from '../storage/find-versions.js';
import type { Storage } from '../storage/storage.js';
import type { VectorIndex } from '../vector-index/vector-index.js';
import type { DocumentSink, SinkOptions, StoredDocuments, WrittenDocument } from './document-sink.js';
import { countsWith, type JobProgress, type Step } from './job-progress.js';
import type { FileOutcome } from './units.js';

/** How long a transaction may hold the event loop; it holds one document at the least, and the commit comes on top. */
const TRANSACTION_MS = 4;

/** What documents are stored in. */
export interface EmbeddedSinkParts {
  storage: Storage;
  /** They follow what is stored. */
  index: Pick<VectorIndex, 'apply'>;
  keywords: Pick<KeywordIndex, 'apply'>;
  /** The model that serves: vectors of another are not stored. Default: whichever made them */
  model?: () => ModelFingerprint;
}

/**
 * Stores documents in an index folder's database, and lets both indexes in memory follow. Each transaction has a turn of
 * its own, so that whoever reads several things between two turns reads them of one moment.
 */
export class EmbeddedSink implements DocumentSink {
  readonly documentsAtOnce = 16;
  readonly #storage: Storage;
  readonly #index: EmbeddedSinkParts['index'];
  readonly #keywords: EmbeddedSinkParts['keywords'];
  readonly #model: EmbeddedSinkParts['model'];

  constructor({ storage, index, keywords, model }: EmbeddedSinkParts) {
    this.#storage = storage;
    this.#index = index;
    this.#keywords = keywords;
    this.#model = model;
  }

  async put(
    documents: StorableDocument[],
    { durable, model, progress }: Pick<SinkOptions, 'durable' | 'progress'> & Partial<SinkOptions>,
  ): Promise<StoredDocuments> {
    await this.#storage.versions.prepare();
    await nextTurn();
    // Another model may have taken its place since they were embedded; nothing comes between here and the end.
    const isPassed = documents.length > 0 && this.#model && model !== this.#model();
    if (isPassed) return { written: [], found: Promise.resolve() };
    const changes: StoredChange[] = [];
    const written: WrittenDocument[] = [];
    this.#storage.transaction(
      () => {
        this.#putSome(documents, written, changes);
        if (progress) this.#finish(progress.after(written), progress, changes);
      },
      { durable },
    );
    return { written, found: this.#follow(changes) };
  }

  async remove(ids: string[]): Promise<string[]> {
    await nextTurn();
    const gone: string[] = [];
    const changes: StoredChange[] = [];
    this.#storage.transaction(() => {
      for (const id of ids) {
        const change = this.#storage.documents.remove(id);
        if (!change) continue;
        gone.push(id);
        changes.push(change);
      }
    });
    await this.#follow(changes);
    return gone;
  }

  /** Puts the first of these documents, as many as there is time for. */
  #putSome(documents: StorableDocument[], written: WrittenDocument[], changes: StoredChange[]): void {
    const end = performance.now() + TRANSACTION_MS;
    const present = this.#storage.documents.present(documents.map(({ id }) => id));
    for (const document of documents) {
      const { id, hash, passages, vectors } = document;
      if (vectors === null && present.get(id)?.hash !== hash) break;
      const change = this.#storage.documents.put({ ...document, passages: withVectors(document) });
      changes.push(change);
      this.#link(document, change);
      written.push({ id, status: statusOf(change), passages: passages.length });
      if (performance.now() >= end) break;
    }
  }

  /** Finds the versions of a document that is new, changed, or was stored before versions were known. */
  #link({ text, signature }: StorableDocument, { key, status, added }: StoredChange): void {
    const { versions, vectors } = this.#storage;
    if (status === 'unchanged' && versions.has(key)) return;
    const own =
      status === 'unchanged'
        ? vectors.ofDocuments([key]).map(({ vector }) => vector)
        : added.map(({ vector }) => vector);
    const source = { key, text, signature, vectors: own };
    versions.add(key, signature, findVersions(source, this.#storage));
  }

  /** Notes what is finished, file by file, and how far the job has come. */
  #finish(step: Step, progress: JobProgress, changes: StoredChange[]): void {
    let counts = countsWith(progress.counts, { ...step, finished: [] }, 0);
    for (const unit of step.finished) {
      const removed = unit.file ? finishFile(unit.file, this.#storage) : [];
      for (const change of removed) changes.push(change);
      const own = { written: { created: 0, updated: 0, unchanged: 0 }, finished: [unit], ahead: 0 };
      counts = countsWith(counts, own, removed.length);
      this.#storage.jobs.advance(progress.job, unit.position, counts, unit.failures);
    }
    progress.goOn(step, counts);
  }

  /** Resolves when searches see what is stored. */
  #follow(changes: StoredChange[]): Promise<void> {
    this.#keywords.apply(changes);
    return this.#index.apply(
      changes.flatMap(({ added }) => added),
      changes.flatMap(({ removed }) => removed),
    );
  }
}

/** Notes what became of a file, and removes the documents that it no longer holds. */
function finishFile(file: FileOutcome, { documents, files }: Storage): StoredChange[] {
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

function withVectors({ id, passages, vectors }: StorableDocument): NewDocument['passages'] {
  if (vectors === null) return [];
  return passages.map((passage, place) => {
    const vector = vectors[place];
    if (!vector) throw new AkinError('EMBEDDING_FAILED', `Passage ${place} of document ${id} has no vector.`);
    return { ...passage, vector };
  });
}

function statusOf({ status }: StoredChange): WrittenDocument['status'] {
  if (status === 'removed') throw new Error('A document that was put is not removed');
  return status;
}
