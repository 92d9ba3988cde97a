/** The ways to search: by meaning and words together, by meaning, by words. */
export const MODES = ['hybrid', 'semantic', 'keyword'] as const;
/** One of them. */
export type Mode = (typeof MODES)[number];

/** The orders that results can come in. */
export const SORTS = ['relevance', 'newest', 'oldest'] as const;
/** One of them. */
export type Sort = (typeof SORTS)[number];

/** The fields whose values the page offers as filters. */
export const FACET_FIELDS = ['source', 'author', 'language', 'tags'] as const;
/** One of them. */
export type FacetField = (typeof FACET_FIELDS)[number];

/** What the service says of a document apart from its text. */
export interface DocumentFields {
  id: string;
  title: string | null;
  url: string | null;
  source: string | null;
  author: string | null;
  publishedAt: string | null;
  language: string | null;
  tags: string[];
}

/** A document as `GET /v1/documents/:id` gives it. */
export interface FullDocument extends DocumentFields {
  text: string;
  /** Other versions of it, the newest first. */
  versions: DocumentLink[];
}

/** What it takes to name a document and lead to it. */
export type DocumentLink = Pick<DocumentFields, 'id' | 'title' | 'publishedAt'>;

/** A part of a document: `text.slice(start, end)` of the document's text. */
export interface Passage {
  id: number;
  text: string;
  start: number;
  end: number;
  page: number | null;
  heading: string | null;
}

/** `[start, end)` in UTF-16 units. */
export type TextRange = readonly [start: number, end: number];

/** A passage that answers; `highlights` and the sentence that answers are ranges of its own text. */
export interface FoundPassage extends Passage {
  score: number;
  highlights?: TextRange[];
  answer?: TextRange | null;
}

/** A passage of a related document, and the passage of the document asked about to which it is near. */
export interface RelatedPassage extends FoundPassage {
  of: { id: number | null; text: string };
}

/** A document that is nearly the same as the hit it is folded into. */
export type Duplicate = Pick<DocumentFields, 'id' | 'title' | 'url'>;

/** A document with its best passages, best first. `score` is in 0..1, higher is better. */
export interface Hit {
  score: number;
  document: DocumentFields;
  passages: FoundPassage[];
  duplicates?: Duplicate[];
}

/** A related document. */
export interface RelatedHit extends Hit {
  passages: RelatedPassage[];
}

/** Documents that tell of one event, in the order in which they were published. */
export interface Story {
  id: string;
  title: string | null;
  firstAt: string | null;
  lastAt: string | null;
  documents: (DocumentLink & Pick<DocumentFields, 'source'>)[];
}

/** How many of the documents found have each value of each field. */
export type FacetCounts = Partial<Record<FacetField, Record<string, number>>>;

/** The answer of `POST /v1/search`; `total` counts all hits, of every page. */
export interface SearchAnswer {
  total: number;
  processingTimeMs: number;
  hits: Hit[];
  facets?: FacetCounts;
}

/** A piece of background work, such as bringing a folder in. */
export interface Job {
  id: string;
  type: string;
  status: string;
  /** `total` is null while it is not known. */
  counts: {
    total: number | null;
    done: number;
    created: number;
    updated: number;
    unchanged: number;
    removed: number;
    failed: number;
  };
  errors: { item: string; code: string; detail: string }[];
  /** What it waits for, such as room on the disk. */
  waiting: { code: string; detail: string } | null;
  etaSeconds: number | null;
  ratePerSecond: number | null;
  createdAt: string;
  finishedAt: string | null;
}
