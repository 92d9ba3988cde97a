export type {
  Akin,
  DocumentPage,
  DocumentSummary,
  FollowOptions,
  FullDocument,
  IngestOptions,
  ListInput,
  RelatedText,
  Stats,
} from './akin.js';
export { type RestoreOptions, restoreBackup } from './backup/restore-backup.js';
export type { BackupReport } from './backup/write-backup.js';
export { type Config, type ConfigSources, loadConfig } from './config.js';
export { Engine } from './engine.js';
export type { EngineOptions } from './engine-parts.js';
export { AkinError, type ErrorCode, type ErrorIssue } from './errors.js';
export type { WrittenDocument } from './ingest/document-sink.js';
export type { DrawnMap, MapAnswer, MapInTheMaking } from './map/map-answer.js';
export type {
  Hit,
  HitPassage,
  RelatedAnswer,
  RelatedHit,
  RelatedPassage,
  SearchAnswer,
} from './search/answer.js';
export type { FacetsInput, IndexFacets } from './search/index-facets.js';
export type { Mode, RelatedInput, SearchInput } from './search/request.js';
export type { Job, JobCounts, JobStatus } from './storage/job-store.js';
export type { Story, StoryDocument, StoryPage } from './stories/story.js';
export type { StoriesInput } from './stories/story-page.js';
export type { Document, DocumentFields, Failure, Passage, StoredPassage } from './types.js';
