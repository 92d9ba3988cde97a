/** A document and the score that one way of searching gave it; higher is better. */
export interface Scored {
  document: number;
  score: number;
}

/** A document with what each way of searching found, and the two together. */
export interface Fused {
  document: number;
  /** How near it is in meaning, -1..1; null in a search by words alone. */
  semantic: number | null;
  /** BM25; null where it has no word of the query. */
  keyword: number | null;
  /** What documents are ranked by: the two together, on the same scale for every query. */
  fused: number;
}

/** What the keyword leg found. */
export interface KeywordEvidence {
  /** Best first. */
  matches: Scored[];
  /** The BM25 that a document could not exceed which has every word of the query. */
  ceiling: number;
}

/** Of a search by meaning alone. */
export const NO_EVIDENCE: KeywordEvidence = { matches: [], ceiling: 0 };

/** How much being the best by words is worth, as a cosine. */
const KEYWORD_WEIGHT = 0.35;

/**
 * Where the best document by words reaches this part of what all words of the query would give, words are believed
 * wholly; below that they are chance words, and soon count for nothing.
 */
const TRUSTED_PART = 0.3;
const TRUST_POWER = 2;

/**
 * Joins two rankings by a weighted sum (Bruch, Gai and Ingber, arXiv 2210.11934): the nearness in meaning as it is,
 * and BM25 as a part of the best document's. Best first; documents that score the same keep one order.
 *
 * @param semantic the nearness of each document that either leg found
 */
export function fuse(semantic: Map<number, number>, { matches, ceiling }: KeywordEvidence): Fused[] {
  const best = matches[0]?.score ?? 0;
  const unit = best > 0 ? (KEYWORD_WEIGHT * trustInWords(best, ceiling)) / best : 0;
  const keyword = new Map(matches.map(({ document, score }) => [document, score]));
  return [...new Set([...semantic.keys(), ...keyword.keys()])]
    .map((document): Fused => {
      const [nearness, words] = [semantic.get(document) ?? null, keyword.get(document) ?? null];
      return {
        document,
        semantic: nearness,
        keyword: words,
        fused: (nearness ?? 0) + unit * (words ?? 0),
      };
    })
    .sort(byFusedScore);
}

/** How much the keyword leg is believed, 0..1. */
function trustInWords(best: number, ceiling: number): number {
  return ceiling > 0 ? Math.min(1, (best / ceiling / TRUSTED_PART) ** TRUST_POWER) : 0;
}

function byFusedScore(a: Fused, b: Fused): number {
  return (
    b.fused - a.fused ||
    (b.semantic ?? -1) - (a.semantic ?? -1) ||
    (b.keyword ?? 0) - (a.keyword ?? 0) ||
    a.document - b.document
  );
}
