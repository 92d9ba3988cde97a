/** How relevant each judged document is to a query, by its id; 0 is judged and not relevant. */
export type Judgements = ReadonlyMap<string, number>;

/** What a ranking is worth, each 0..1. */
export interface Metrics {
  /** Normalised discounted cumulated gain of the first 10, with linear gains (as in BEIR and trec_eval). */
  ndcg10: number;
  /** The part of the relevant documents that are among the first 100. */
  recall100: number;
  /** One over the rank of the first relevant document, if it is among the first 10. */
  mrr10: number;
}

export const METRICS = ['ndcg10', 'recall100', 'mrr10'] as const satisfies (keyof Metrics)[];

/**
 * Scores a ranking, best first.
 * @param judgements with at least one relevant document
 */
export function scoreRanking(ranking: string[], judgements: Judgements): Metrics {
  const gains = ranking.map((id) => judgements.get(id) ?? 0);
  const relevant = [...judgements.values()].filter((gain) => gain > 0);
  const ideal = relevant.toSorted((a, b) => b - a);
  const first = gains.slice(0, 10).findIndex((gain) => gain > 0);
  return {
    ndcg10: discounted(gains) / discounted(ideal),
    recall100: gains.slice(0, 100).filter((gain) => gain > 0).length / relevant.length,
    mrr10: first === -1 ? 0 : 1 / (first + 1),
  };
}

/** The mean of each metric over queries. */
export function meanMetrics(scores: Metrics[]): Metrics {
  const mean = (metric: keyof Metrics): number =>
    scores.reduce((sum, score) => sum + score[metric], 0) / Math.max(1, scores.length);
  return { ndcg10: mean('ndcg10'), recall100: mean('recall100'), mrr10: mean('mrr10') };
}

function discounted(gains: number[]): number {
  return gains.slice(0, 10).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}
