import type { BackupReport } from './backup/write-backup.js';
import type { WrittenDocument } from './ingest/document-sink.js';
import type { ModelChoice } from './maintenance/model-switch.js';
import type { RelatedAnswer, SearchAnswer } from './search/answer.js';
import type { FacetsInput, IndexFacets } from './search/index-facets.js';
import type { RelatedInput, SearchInput } from './search/request.js';
import type { Job } from './storage/job-store.js';
import type { Story, StoryPage } from './stories/story.js';
import type { StoriesInput } from './stories/story-page.js';
import type { Document, DocumentFields, StoredPassage } from './types.js';

/** A document as lists show it: without its text. */
export interface DocumentSummary extends DocumentFields {
  id: string;
}

/** A document with its text, and its other versions, the newest first. */
export interface FullDocument extends Document {
  versions: Pick<DocumentSummary, 'id' | 'title' | 'url' | 'publishedAt'>[];
}

export interface Stats {
  documents: number;
  passages: number;
  /** Vectors that searches can find. */
  vectors: number;
  /** Where it is stored: in a folder, or on a server. */
  database: 'sqlite' | 'postgresql';
  /** How documents are ranked by words. */
  keywordRanking: string;
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

/** A text that need not be in the index. */
export interface RelatedText {
  title?: string;
  text: string;
  /** For `recency`: a date or a moment, as documents have it. */
  publishedAt?: string;
}

/** What can be asked of an index, whether this process holds it or a server does. */
export interface Akin {
  search(input: SearchInput): Promise<SearchAnswer>;
  related(id: string, input?: RelatedInput): Promise<RelatedAnswer>;
  relatedToText(source: RelatedText, input?: RelatedInput): Promise<RelatedAnswer>;
  /** Stories, each of several documents about one event, the newest first. */
  listStories(input?: StoriesInput): Promise<StoryPage>;
  /** The story that a document belongs to; null where it stands alone. */
  storyOf(id: string): Promise<Story | null>;
  addDocuments(inputs: unknown[]): Promise<WrittenDocument[]>;
  getDocument(id: string): Promise<FullDocument>;
  /** Where on this machine the file of a document lies; null for one that came from none. Not for others than its user. */
  locationOf(id: string): Promise<string | null>;
  /** A document's passages in their order: together they are its text, but for the white space between them. */
  passagesOf(id: string): Promise<StoredPassage[]>;
  listDocuments(input?: ListInput): Promise<DocumentPage>;
  /** Gives the ids of those that were there. */
  removeDocuments(ids: string[]): Promise<string[]>;
  /** Brings in files and folders of this machine; resolves with the job at its end. */
  ingest(paths: string[], options?: IngestOptions & FollowOptions): Promise<Job>;
  /** Reads the files again of which something could not be taken. */
  retryFailed(options?: FollowOptions): Promise<Job>;
  /** Embeds all passages by another model, which serves from its end on; until then the old one does. */
  reembed(choice: ModelChoice, options?: FollowOptions): Promise<Job>;
  /** The newest first. */
  listJobs(): Promise<Job[]>;
  /** Cancels a job that is queued or running; what it has stored stays. */
  cancelJob(id: string): Promise<Job>;
  stats(): Promise<Stats>;
  /** Which sources, authors, languages and tags the documents have, and from when they are. */
  facets(input?: FacetsInput): Promise<IndexFacets>;
  /** Builds the vector index anew from the stored vectors; resolves with the job at its end. */
  rebuild(options?: FollowOptions): Promise<Job>;
  /** Gives space back and takes what was removed from the disk; resolves with the job at its end. */
  compact(options?: FollowOptions): Promise<Job>;
  /** Writes all that the index holds into one file of this machine. */
  backup(file: string): Promise<BackupReport>;
  close(): Promise<void>;
}

/** How files and folders are brought in. */
export interface IngestOptions {
  /** Put before the ids that are made from paths. Default: nothing */
  idPrefix?: string;
  /** Remove the documents of files that are gone from the folders. Default: false */
  prune?: boolean;
  /** Leave files for later that were touched less than this ago, in milliseconds. Default: 0 */
  settleMs?: number;
  /** Follow symbolic links. Default: the setting `followLinks` */
  followLinks?: boolean;
  /** Read scanned PDFs by their letters' shapes. Default: the setting `ocr` */
  ocr?: boolean;
  /** Which column of a table gives which field: `{ Inhalt: 'text' }`. Default: told by the headers */
  columns?: Record<string, string>;
}

/** How a job is followed. */
export interface FollowOptions {
  /** Sees the job as it goes on. */
  onProgress?: (job: Job) => void;
  /** Cancels the job; what it has stored stays. */
  signal?: AbortSignal;
}

/** Whether a job has come to its end. */
export function isFinished({ status }: Job): boolean {
  return status !== 'queued' && status !== 'running';
}
