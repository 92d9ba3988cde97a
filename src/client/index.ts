export type {
  DocumentPage,
  DocumentSummary,
  FullDocument,
  ListInput,
  RelatedText,
  Stats,
} from '../akin.js';
export { AkinError, type ErrorCode, type ErrorIssue } from '../errors.js';
export type { WrittenDocument } from '../ingest/document-sink.js';
export type {
  Hit,
  HitPassage,
  RelatedAnswer,
  RelatedHit,
  RelatedPassage,
  SearchAnswer,
} from '../search/answer.js';
export type { Mode, RelatedInput, SearchInput } from '../search/request.js';
export type { Job, JobCounts, JobStatus } from '../storage/job-store.js';
export type { Story, StoryDocument, StoryPage } from '../stories/story.js';
export type { StoriesInput } from '../stories/story-page.js';
export type { StoredPassage } from '../types.js';
export { AkinClient, type EmbeddingsAnswer, type NewFile } from './akin-client.js';
export { AkinClientError } from './client-error.js';
export type { DocumentSource } from './document-lines.js';
export type { DocumentsClient, NewDocument } from './documents-client.js';
export type { JobsClient, WaitOptions } from './jobs-client.js';
export type { AkinClientOptions, CallOptions } from './transport.js';
