import type { WrittenDocument } from './ingest/document-writer.js';
import type { RelatedAnswer, SearchAnswer } from './search/answer.js';
import type { RelatedInput, SearchInput } from './search/request.js';
import type { Job } from './storage/job-store.js';
import type { Document, DocumentFields } from './types.js';

/** A document as lists show it: without its text. */
export interface DocumentSummary extends DocumentFields {
  id: string;
}

export interface Stats {
  documents: number;
  passages: number;
  /** Vectors that searches can find. */
  vectors: number;
  /** Of the database; the vector index's snapshot comes on top. */
  bytes: number;
  model: { name: string; dtype: string; dimensions: number; window: number; sha256: string };
}

export interface ListInput {
  limit?: number;
  cursor?: string;
  filter?: unknown;
}

export interface DocumentPage {
  documents: DocumentSummary[];
  /** For the next page; null at the end. */
  nextCursor: string | null;
}

/** What can be asked of an index, whether this process holds it or a server does. */
export interface Akin {
  search(input: SearchInput): Promise<SearchAnswer>;
  related(id: string, input?: RelatedInput): Promise<RelatedAnswer>;
  relatedToText(source: { title?: string; text: string }, input?: RelatedInput): Promise<RelatedAnswer>;
  addDocuments(inputs: unknown[]): Promise<WrittenDocument[]>;
  getDocument(id: string): Promise<Document>;
  listDocuments(input?: ListInput): Promise<DocumentPage>;
  /** Gives the ids of those that were there. */
  removeDocuments(ids: string[]): Promise<string[]>;
  /** Brings in files and folders of this machine; `onProgress` sees the job as it goes on. */
  ingest(paths: string[], options?: IngestOptions): Promise<Job>;
  stats(): Promise<Stats>;
  close(): Promise<void>;
}

export interface IngestOptions {
  /** Put before the ids that are made from paths. */
  idPrefix?: string;
  onProgress?: (job: Job) => void;
}

/** Whether a job has come to its end. */
export function isFinished({ status }: Job): boolean {
  return status !== 'queued' && status !== 'running';
}
