import type { SoughtTerm } from '../storage/match-terms.js';
import type { Among, Awaitable } from '../storage/stored-index.js';
import type { KeywordEvidence, Scored } from './fuse.js';

/** Finds documents by their meaning: an HNSW graph in memory, or pgvector's. */
export interface SemanticLeg {
  /** Passages that can be found. */
  readonly size: number;
  /** Another one with every change that searches see, beside what `StoredIndex.changes` tells. */
  readonly revision: number;
  /**
   * The documents nearest to a unit vector by their best passage, with its cosine, in no order. As many as wanted come
   * if there are so many; more may.
   * @param among only these. Null: all
   */
  nearest(vector: Float32Array, wanted: number, among: Among | null): Awaitable<Map<number, number>>;
  /** About so many of the nearest documents, best first, at the least cost. */
  about(vector: Float32Array, wanted: number, among: Among | null): Awaitable<Scored[]>;
  /** The ids of the passages nearest to a unit vector, best first. */
  passages(vector: Float32Array, k: number): Awaitable<number[]>;
}

/** Finds documents by their words: postings in memory, or PostgreSQL's. */
export interface KeywordLeg {
  /** How documents are ranked by words, as /v1/stats says it. */
  readonly ranking: string;
  /**
   * The documents that have any of the words, best by BM25.
   * @param words each as the terms that it may go by
   * @param among only these. Default: all
   */
  search(words: SoughtTerm[][], limit: number, among?: Among | null): Awaitable<KeywordEvidence>;
}
