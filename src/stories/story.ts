import type { DocumentSummary } from '../akin.js';

/** One document of a story. */
export type StoryDocument = Pick<DocumentSummary, 'id' | 'title' | 'url' | 'source' | 'publishedAt'>;

/** Documents that tell of one event. */
export interface Story {
  /** That of its first document: a story that goes on keeps it. */
  id: string;
  /** The title of its most central document. */
  title: string | null;
  /** When the first and the last of its documents were published; null where no date is known. */
  firstAt: string | null;
  lastAt: string | null;
  /** In the order in which they were published, those without a date behind; versions of one text are all there. */
  documents: StoryDocument[];
}

/** A page of stories, the newest first. */
export interface StoryPage {
  stories: Story[];
  /** For the next page; null at the end. */
  nextCursor: string | null;
}
