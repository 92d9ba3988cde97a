/**
 * What a cosine says of the chance that a passage answers: even at the middle, where all-MiniLM-L6-v2 puts as
 * many passages that answer as ones that do not.
 */
const EVEN_COSINE = 0.36;
const COSINE_SPREAD = 0.07;

/** All words of a query in one document are good evidence, half of them little. */
const COVERAGE_POWER = 3;

/** From here on words are believed as much as meaning. */
const FULL_TRUST_COVERAGE = 0.5;

/** Hits below this are left out unless a request names its own `minScore`. */
export const DEFAULT_MIN_SCORE = 0.2;

/** The chance that a passage with this cosine to the query answers it, 0..1. */
export function cosineScore(cosine: number): number {
  return 1 / (1 + Math.exp((EVEN_COSINE - cosine) / COSINE_SPREAD));
}

/** The same for a document that has this part of the query's words, 0..1. */
export function coverageScore(coverage: number): number {
  return coverage ** COVERAGE_POWER;
}

/** The chance that at least one of two kinds of evidence is right. */
export function eitherScore(one: number, other: number): number {
  return 1 - (1 - one) * (1 - other);
}

/** How much the keyword leg counts when its best document has this part of the query's words, 0..1. */
export function trustInWords(coverage: number): number {
  return Math.min(1, coverage / FULL_TRUST_COVERAGE);
}
