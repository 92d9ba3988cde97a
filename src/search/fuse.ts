/** A document and the score that one way of searching gave it; higher is better. */
export interface Scored {
  document: number;
  score: number;
}

/** A document with what each way of searching found, and the two together. */
export interface Fused {
  document: number;
  /** Cosine of the best passage; null where the semantic leg did not find it. */
  semantic: number | null;
  /** BM25; null where the keyword leg did not find it. */
  keyword: number | null;
  /** 0..1, relative to what else was found for this query. */
  fused: number;
}

/** The scores of a leg are scaled over this many of its best, however many are asked for. */
export const FUSION_DEPTH = 100;

const SEMANTIC_WEIGHT = 0.5;

/** Where few documents are found, all of them may be good: a cosine like this is what nothing looks like. */
const UNRELATED_COSINE = 0.1;

/**
 * Joins two rankings by a convex combination of their scores, each scaled to 0..1 over its first hundred
 * (Bruch, Gai and Ingber, arXiv 2210.11934). Best first; documents that score the same keep one order.
 *
 * @param semantic best first
 * @param keyword best first
 * @param trust what the keyword leg counts for, 0..1: chance words are scaled as highly as telling ones
 */
export function fuse(semantic: Scored[], keyword: Scored[], trust = 1): Fused[] {
  const fused = new Map<number, Fused>();
  const scaleSemantic = scaleOf(semantic, Math.min(UNRELATED_COSINE, semantic.at(-1)?.score ?? 0));
  const scaleKeyword = scaleOf(keyword, 0);
  for (const { document, score } of semantic) {
    fused.set(document, {
      document,
      semantic: score,
      keyword: null,
      fused: SEMANTIC_WEIGHT * scaleSemantic(score),
    });
  }
  for (const { document, score } of keyword) {
    const found = fused.get(document) ?? { document, semantic: null, keyword: null, fused: 0 };
    found.keyword = score;
    found.fused += (1 - SEMANTIC_WEIGHT) * trust * scaleKeyword(score);
    fused.set(document, found);
  }
  return [...fused.values()].sort(
    (a, b) =>
      b.fused - a.fused ||
      (b.semantic ?? -1) - (a.semantic ?? -1) ||
      (b.keyword ?? 0) - (a.keyword ?? 0) ||
      a.document - b.document,
  );
}

/** @param zero what stands for nothing in a ranking that ends before the depth */
function scaleOf(ranking: Scored[], zero: number): (score: number) => number {
  const most = ranking[0]?.score ?? 0;
  const floor = ranking[FUSION_DEPTH - 1]?.score ?? zero;
  const range = most - floor;
  return (score) => (range > 0 ? Math.min(1, Math.max(0, (score - floor) / range)) : 1);
}
