import { dot } from '../embedding/vector-math.js';
import type { Storage } from '../storage/storage.js';
import type { VectorIndex } from '../vector-index/vector-index.js';
import type { Scored } from './fuse.js';

/** Passages asked for at first for each document wanted; several are often of one document. */
const PASSAGES_PER_DOCUMENT = 3;
/** Where no more passages than this pass a filter, all of them are compared. */
const EXACT_PASSAGES = 5_000;

/**
 * The documents nearest to a vector by their best passage, best first. As many as wanted come if there are so many.
 * @param among only these documents, by key. Default: all
 */
export function nearestDocuments(
  vector: Float32Array,
  wanted: number,
  { storage, index, among = null }: { storage: Storage; index: VectorIndex; among?: number[] | null },
): Scored[] {
  if (among && storage.vectors.countOfDocuments(among) <= EXACT_PASSAGES) {
    const passages = storage.vectors.ofDocuments(among);
    return bestOfEach(passages.map(({ document, vector: own }) => ({ document, score: dot(vector, own) })));
  }
  const allowed = among && new Set(among);
  for (let k = wanted * PASSAGES_PER_DOCUMENT; ; k *= 4) {
    const neighbours = index.search(vector, k);
    const documents = storage.vectors.documentsOf(neighbours.map(({ id }) => id));
    const scored = neighbours.flatMap(({ id, score }): Scored[] => {
      const document = documents.get(id);
      return document === undefined || (allowed && !allowed.has(document)) ? [] : [{ document, score }];
    });
    const best = bestOfEach(scored);
    if (best.length >= wanted || k >= index.size) return best;
  }
}

function bestOfEach(scored: Scored[]): Scored[] {
  const best = new Map<number, Scored>();
  for (const candidate of scored) {
    const present = best.get(candidate.document);
    if (!present || candidate.score > present.score) best.set(candidate.document, candidate);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.document - b.document);
}
