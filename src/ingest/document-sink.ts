import type { ModelFingerprint } from '../embedding/embedder.js';
import type { StorableDocument } from '../storage/document-store.js';
import type { JobProgress } from './job-progress.js';

/** What became of a document. */
export interface WrittenDocument {
  id: string;
  status: 'created' | 'updated' | 'unchanged';
  passages: number;
}

/** The first of some documents, as many as were stored. */
export interface StoredDocuments {
  written: WrittenDocument[];
  /** Resolves when searches see them. */
  found: Promise<void>;
}

export interface SinkOptions {
  /** Be on the disk at the end; without, a power cut may take the last ones away again. */
  durable: boolean;
  /** Which model made the vectors: those of another are not stored. */
  model: ModelFingerprint;
  /** The job that they belong to: how far it has come is noted in the same transaction. Default: none */
  progress?: JobProgress | undefined;
}

/** Where documents are stored: one folder's database and its indexes in memory, or a PostgreSQL server. */
export interface DocumentSink {
  /** So many documents are given to it at most. */
  readonly documentsAtOnce: number;
  /**
   * Stores documents in their order, with what else the job has finished, as one transaction. It may stop before the last,
   * where time is up, or before one that has no vectors and is not stored as it is.
   */
  put(documents: StorableDocument[], options: SinkOptions): Promise<StoredDocuments>;
  /** Removes documents; gives the ids of those that were there, when searches do not find them any more. */
  remove(ids: string[]): Promise<string[]>;
}
