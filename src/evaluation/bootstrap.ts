/** What lies between the means of two systems over the same queries. */
export interface Difference {
  mean: number;
  /** In 95 of 100 samples of queries the difference lies between these. */
  low: number;
  high: number;
}

const SAMPLES = 2_000;
const SEED = 20_250_716;

/**
 * The difference of two systems' scores, with its interval by the paired bootstrap: queries are drawn anew, with
 * replacement, and the same ones for both (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993). The same
 * scores give the same interval.
 */
export function pairedDifference(one: number[], other: number[]): Difference {
  const differences = one.map((score, i) => score - (other[i] ?? 0));
  const next = randomIntegers(SEED);
  const means = Array.from({ length: SAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) sum += differences[next(differences.length)] ?? 0;
    return sum / Math.max(1, differences.length);
  }).sort((a, b) => a - b);
  const mean = differences.reduce((sum, each) => sum + each, 0) / Math.max(1, differences.length);
  return { mean, low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.round((sorted.length - 1) * share)] ?? 0;
}

/** Whole numbers from 0 up to a limit, always the same ones (Mulberry32). */
function randomIntegers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}
