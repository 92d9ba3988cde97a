/** Points of any dimension, and how far two of them are apart. */
export interface Space {
  distance(one: number, other: number): number;
}

/**
 * How far the neighbours that points have on a map are neighbours in truth: 1 where all are, about 0.5 for places by
 * chance (Venna and Kaski, "Neighborhood preservation in nonlinear projection methods", 2001).
 *
 * @param asked the points whose neighbours are looked at, of all `count`
 */
export function trustworthiness(
  truth: Space,
  map: Space,
  { count, asked, k }: { count: number; asked: number[]; k: number },
): number {
  let wrong = 0;
  for (const one of asked) {
    const ranks = new Map(order(truth, one, count).map((other, rank) => [other, rank + 1]));
    for (const other of order(map, one, count).slice(0, k)) wrong += Math.max(0, (ranks.get(other) ?? 0) - k);
  }
  return 1 - (2 * wrong) / (asked.length * k * (2 * count - 3 * k - 1));
}

function order({ distance }: Space, one: number, count: number): number[] {
  const distances = Float64Array.from({ length: count }, (_, other) => distance(one, other));
  return Array.from({ length: count }, (_, other) => other)
    .filter((other) => other !== one)
    .sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0));
}
