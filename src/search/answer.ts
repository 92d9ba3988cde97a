import type { ErrorCode } from '../errors.js';
import type { DocumentFields } from '../types.js';
import type { TextRange } from './highlight.js';
import type { FacetField, Mode } from './request.js';

export interface HitDocument extends DocumentFields {
  id: string;
}

export interface HitPassage {
  id: number;
  text: string;
  /** 0..1. */
  score: number;
  /** Offsets into the document's text, in UTF-16 units. */
  start: number;
  end: number;
  page: number | null;
  heading: string | null;
  /** Offsets into this passage's text: the query's words, or where none of them is in it the sentence that answers. */
  highlights: TextRange[];
  /**
   * The place in this passage's text of the sentence that answers best, also when it shares no word with the query.
   * Null in keyword mode and for related documents, which go by no question, and after the first hundred passages.
   */
  answer: TextRange | null;
}

/** A document that answers, with its best passages. */
export interface Hit {
  /** 0..1: an estimate of the chance that the hit answers. */
  score: number;
  document: HitDocument;
  passages: HitPassage[];
  /** Other versions of the same document. */
  duplicates: Pick<HitDocument, 'id' | 'title' | 'url'>[];
  /** With `explain`: what each leg found, and what the reranker gave (0..1) where it read the document. */
  explain?: { semantic: number | null; keyword: number | null; fused: number; reranker?: number };
}

export interface SearchAnswer {
  query: string;
  mode: Mode;
  limit: number;
  offset: number;
  processingTimeMs: number;
  /**
   * Hits of all pages; versions of one document are one hit. Counted are documents at or above `minScore` among those
   * looked at: the hundred best of each way to search, or as many as `offset + limit` asks for where that is more (the
   * thousand best where they are sorted by date), and all that match where they are few enough to compare each.
   */
  total: number;
  hits: Hit[];
  /**
   * How many of the best hits of all pages the reranker ordered anew: 0 where it failed or its time was up before the
   * first. Left out where none took part.
   */
  reranked?: number;
  /** How many of the documents found have each value; counted as `total` is, but each version for itself. */
  facets: Partial<Record<FacetField, Record<string, number>>>;
}

/** A passage of a related document, and why it is one. */
export interface RelatedPassage extends HitPassage {
  /**
   * The passage of the document that was asked about to which this one is nearest. Offsets are into that document's
   * text; the id is null where it is not in the index.
   */
  of: { id: number | null; text: string; start: number; end: number };
}

/** A related document, with the passages that make it one. */
export interface RelatedHit extends Hit {
  passages: RelatedPassage[];
}

export interface RelatedAnswer {
  limit: number;
  processingTimeMs: number;
  hits: RelatedHit[];
  /** Other versions of the document that was asked about. */
  duplicates: Pick<HitDocument, 'id' | 'title' | 'url'>[];
}

/** Stands in a batch of searches for an answer that would be too large. */
export interface RefusedEntry {
  status: number;
  code: ErrorCode;
  detail: string;
}
