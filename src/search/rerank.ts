import type { Reranker } from '../embedding/reranker.js';
import { AkinError, errorCode, errorMessage } from '../errors.js';
import type { Awaitable } from '../storage/stored-index.js';
import type { VersionGroup } from './fold-versions.js';
import type { SearchRequest } from './request.js';

/** What the first stage counts for in the score of a document that the reranker has read, of 1. */
const FIRST_STAGE_WEIGHT = 0.5;

/** A ranked document with what the reranker gave it; undefined where it did not read it. */
export interface RerankedGroup extends VersionGroup {
  reranker?: number;
}

export interface Reranking {
  groups: RerankedGroup[];
  /** How many of the best documents were ordered anew. */
  reranked: number;
}

export interface RerankOptions {
  reranker: Reranker;
  query: string;
  /** For each document in turn the passage by which it is judged. */
  passagesOf: (documents: number[]) => Awaitable<string[]>;
  /** No score falls below this: what is found is for the first stage to say. */
  minScore: number;
}

/**
 * The reranker that a search goes through; null for none.
 * @throws AkinError NO_RERANKER where one is asked for and there is none
 */
export function rerankerFor(
  { rerank, sort }: Pick<SearchRequest, 'rerank' | 'sort'>,
  reranker: Reranker | null,
): Reranker | null {
  if (rerank === true && !reranker) {
    throw new AkinError(
      'NO_RERANKER',
      'The search asks for a reranker, and none is set. Set AKIN_RERANKER to the folder of a cross-encoder or to its name on the hub, or leave "rerank" out.',
    );
  }
  return (rerank ?? sort === 'relevance') ? reranker : null;
}

/**
 * Has the best documents read together with the query, and orders them anew. A reranker that fails leaves the ranking
 * as it is, and a warning.
 *
 * @throws AkinError CANCELLED where Akin is shutting down
 */
export async function rerank(
  groups: VersionGroup[],
  { reranker, query, passagesOf, minScore }: RerankOptions,
): Promise<Reranking> {
  const passages = await passagesOf(groups.slice(0, reranker.depth).map(({ document }) => document));
  try {
    const scores = await reranker.score(query, passages);
    return { groups: mergeScores(groups, scores, minScore), reranked: scores.length };
  } catch (error) {
    if (errorCode(error) === 'CANCELLED') throw error;
    process.emitWarning(`The reranker failed, and a search went without it: ${errorMessage(error)}`);
    return { groups, reranked: 0 };
  }
}

/**
 * Orders the first documents of a ranking, those that were read, among themselves: by the mean of their score and the
 * reranker's, where that is the same by their place before. The rest follows as it was; so the order depends on
 * nothing but the scores and how many there are. A document that was read is shown with that mean, but with no less
 * than the next one that was not read, nor than `minScore`: scores stay in 0..1 and descend.
 *
 * @param groups best first
 * @param scores 0..1, of the first documents in turn
 */
export function mergeScores(groups: VersionGroup[], scores: number[], minScore: number): RerankedGroup[] {
  const rest = groups.slice(scores.length);
  const least = Math.max(minScore, rest[0]?.score ?? 0);
  const read = groups.slice(0, scores.length).map((group, index) => {
    const reranker = scores[index] ?? 0;
    const mean = FIRST_STAGE_WEIGHT * group.score + (1 - FIRST_STAGE_WEIGHT) * reranker;
    return { group, mean, reranker };
  });
  read.sort((a, b) => b.mean - a.mean);
  return [
    ...read.map(({ group, mean, reranker }) => ({
      ...group,
      score: Math.max(least, Number(mean.toFixed(4))),
      reranker: Number(reranker.toFixed(4)),
    })),
    ...rest,
  ];
}
