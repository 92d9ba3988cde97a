import type { Calibration } from '../search/score.js';

/** What was found for a question, and whether a person calls it an answer. */
export interface Observation {
  /** Those of one collection count as much as those of another, however many there are. */
  collection: string;
  evidence: number;
  right: boolean;
}

/** How often hits with about the same score are right. */
export interface ReliabilityBin {
  /** From here on, up to where the next begins. */
  from: number;
  count: number;
  /** The mean score, and the part that is right. */
  score: number;
  right: number;
}

const STEPS = 100;
const SMALLEST_CHANGE = 1e-10;

/** The curve under which the observations are likeliest, by Newton's method (logistic regression). */
export function fitCalibration(observations: Observation[]): Calibration {
  const sizes = new Map<string, number>();
  for (const { collection } of observations) sizes.set(collection, (sizes.get(collection) ?? 0) + 1);
  let [constant, slope] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (const { collection, evidence, right } of observations) {
      const weight = 1 / (sizes.get(collection) ?? 1);
      const chance = 1 / (1 + Math.exp(-(constant + slope * evidence)));
      const error = weight * ((right ? 1 : 0) - chance);
      const curvature = weight * chance * (1 - chance);
      g0 += error;
      g1 += error * evidence;
      h00 += curvature;
      h01 += curvature * evidence;
      h11 += curvature * evidence * evidence;
    }
    const determinant = h00 * h11 - h01 * h01;
    const [d0, d1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    constant += d0;
    slope += d1;
    if (Math.abs(d0) + Math.abs(d1) < SMALLEST_CHANGE) break;
  }
  return { even: -constant / slope, spread: 1 / slope };
}

/** Scores in ten bins of the same width; those without a score are left out. */
export function reliabilityOf(scored: { score: number; right: boolean }[]): ReliabilityBin[] {
  return Array.from({ length: 10 }, (_, bin): ReliabilityBin => {
    const own = scored.filter(({ score }) => Math.min(9, Math.floor(score * 10)) === bin);
    return {
      from: bin / 10,
      count: own.length,
      score: own.reduce((sum, { score }) => sum + score, 0) / Math.max(1, own.length),
      right: own.filter(({ right }) => right).length / Math.max(1, own.length),
    };
  }).filter(({ count }) => count > 0);
}

/** The expected calibration error: how far score and share of right ones lie apart, over all hits. */
export function calibrationError(bins: ReliabilityBin[]): number {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce((sum, { count, score, right }) => sum + (count / all) * Math.abs(score - right), 0);
}
