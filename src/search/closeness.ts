import { dot, unitVector } from '../embedding/vector-math.js';

/** Documents whose means are further apart have nothing to do with each other. */
export const LEAST_COSINE = 0.3;
/** So many of the nearest say what a document is about besides itself. */
const NEIGHBOURS = 60;
/** What the document counts for beside them, each of which counts for its cosine above the least. */
const OWN_WEIGHT = 0.25;
/** A publication so many days away counts half. */
const HALF_LIFE_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * The direction of a document's subject: its mean vector drawn towards its nearest neighbours, the nearer the more
 * (pseudo-relevance feedback after Rocchio). A document alone says chance things too, many say what they share.
 *
 * @param others the mean vectors of what may be related
 */
export function subjectDirection(mean: Float32Array, others: Float32Array[]): Float32Array {
  const nearest = others
    .map((vector) => ({ vector, weight: dot(mean, vector) - LEAST_COSINE }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, NEIGHBOURS);
  const sum = mean.map((value) => value * OWN_WEIGHT);
  for (const { vector, weight } of nearest) {
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + weight * (vector[i] as number);
  }
  return unitVector(sum);
}

/**
 * What is left of a score by the time between two publications, 0..1.
 *
 * @param recency how much time counts: 0 leaves 1, with 1 what is left halves every thirty days
 * @param other where it has no date, as if it were thirty days away
 */
export function timeFactor(recency: number, own: string | null, other: string | null): number {
  const from = own === null ? Number.NaN : Date.parse(own);
  if (recency === 0 || Number.isNaN(from)) return 1;
  const to = other === null ? Number.NaN : Date.parse(other);
  const days = Number.isNaN(to) ? HALF_LIFE_DAYS : Math.abs(to - from) / DAY_MS;
  return 1 - recency + recency * 0.5 ** (days / HALF_LIFE_DAYS);
}
