import { setImmediate as nextTurn } from 'node:timers/promises';
import { unitVector } from '../embedding/vector-math.js';
import type { Among, StoredIndex } from '../storage/stored-index.js';
import { type Fused, fuse, type KeywordEvidence } from './fuse.js';
import type { SemanticLeg } from './legs.js';
import { nearnessOf } from './nearness.js';

/** Each leg looks this deep at least: what both find counts for more than what one finds. */
const LEAST_DEPTH = 100;

/** What the first document found adds to the query, in parts of the whole. */
const FEEDBACK_SHARE = 0.1;

export interface RankOptions {
  /** How many documents are wanted; more may come. */
  wanted: number;
  /** The documents that may be found; null for all. */
  among: Among | null;
  storage: StoredIndex;
  semantic: SemanticLeg;
}

/** How many documents each leg looks for where so many are wanted. */
export function depthFor(wanted: number): number {
  return Math.max(LEAST_DEPTH, wanted);
}

/**
 * Ranks documents by meaning, by words, or by both. What is found first helps to find the rest: the query's vector is
 * moved a little towards the first document (pseudo-relevance feedback, Rocchio 1971, with one document).
 *
 * Others have their turn between the two rankings, each of which takes some milliseconds in a large index.
 *
 * Best first; `fused` is what they are ranked by, in keyword mode BM25 as a part of the most that it could be.
 *
 * @param vector of the query, of length 1; null in keyword mode
 * @param byWords what the keyword leg found at `depthFor(wanted)`
 */
export async function rankDocuments(
  vector: Float32Array | null,
  byWords: KeywordEvidence,
  { wanted, among, storage, semantic }: RankOptions,
): Promise<Fused[]> {
  const depth = depthFor(wanted);
  if (!vector) return rankedByWords(byWords);
  const having = byWords.matches.map(({ document }) => document);
  const { vectors } = storage;
  const rankBy = async (asked: Float32Array, others: number[]): Promise<Fused[]> =>
    fuse(await nearnessOf(asked, others, { wanted: depth, among, semantic, vectors }), byWords);
  const first = await rankBy(vector, having);
  const best = first[0]?.document;
  const direction = best !== undefined && (await vectors.held.means([best])).get(best);
  if (!direction) return first;
  const moved = unitVector(
    vector.map((value, i) => (1 - FEEDBACK_SHARE) * value + FEEDBACK_SHARE * (direction[i] ?? 0)),
  );
  await nextTurn();
  const known = first.map(({ document }) => document);
  return rankBy(moved, known);
}

function rankedByWords({ matches, ceiling }: KeywordEvidence): Fused[] {
  return matches.map(({ document, score }) => ({
    document,
    semantic: null,
    keyword: score,
    fused: score / ceiling,
  }));
}
