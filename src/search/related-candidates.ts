import { dot } from '../embedding/vector-math.js';
import type { Storage } from '../storage/storage.js';
import type { VectorIndex } from '../vector-index/vector-index.js';
import { evenly } from './alignment.js';
import type { Scored } from './fuse.js';
import type { SourcePassage } from './related-source.js';
import { nearestDocuments, rankedByScore } from './semantic-leg.js';

/** Passages of a long document from which neighbours are sought, taken evenly from over the whole. */
const PROBES = 16;
/** Passages asked for for each document wanted; several are often of one document. */
const PASSAGES_PER_DOCUMENT = 3;
/** Documents in all, for each that is sought from one passage: what a long document leads to would have no end. */
const DOCUMENTS_IN_ALL = 4;

export interface CandidateOptions {
  storage: Storage;
  index: VectorIndex;
  /** Only these documents, by key. Null: all */
  among: number[] | null;
}

/**
 * The documents to which the passages of a document lead, about so many from each passage, and in all the nearest of
 * them by their means: four times as many.
 *
 * @param mean of the passages' vectors
 */
export function candidatesFromPassages(
  passages: SourcePassage[],
  mean: Float32Array,
  wanted: number,
  options: CandidateOptions,
): number[] {
  const found = new Set<number>();
  for (const { vector } of evenly(passages, PROBES)) {
    for (const { document } of nearest(vector, wanted, options)) found.add(document);
  }
  const means = options.storage.vectors.held.means(found);
  const nearness = new Map(Array.from(means, ([document, own]) => [document, dot(mean, own)]));
  return rankedByScore(nearness)
    .slice(0, wanted * DOCUMENTS_IN_ALL)
    .map(({ document }) => document);
}

/** More documents to which its mean alone leads, and what was found before. */
export function moreCandidates(
  mean: Float32Array,
  known: number[],
  wanted: number,
  options: CandidateOptions,
): number[] {
  return [...new Set([...known, ...nearest(mean, wanted, options).map(({ document }) => document)])];
}

/** The documents nearest to a vector by their best passage, best first; about so many. */
function nearest(
  vector: Float32Array,
  wanted: number,
  { storage, index, among }: CandidateOptions,
): Scored[] {
  if (among !== null) return nearestDocuments(vector, wanted, { storage, index, among }).slice(0, wanted);
  const neighbours = index.search(vector, wanted * PASSAGES_PER_DOCUMENT);
  const best = new Map<number, number>();
  // Often half of them hold as many documents as are wanted, and the rest need not be looked up.
  const atOnce = Math.ceil(neighbours.length / 2);
  for (let first = 0; first < neighbours.length && best.size < wanted; first += atOnce) {
    const part = neighbours.slice(first, first + atOnce);
    const documents = storage.vectors.documentsOf(part.map(({ id }) => id));
    for (const { id, score } of part) {
      const document = documents.get(id);
      if (document !== undefined && !best.has(document) && best.size < wanted) best.set(document, score);
    }
  }
  return [...best].map(([document, score]) => ({ document, score }));
}
