import type { Mode } from './request.js';

/** A logistic curve: where a chance is even, and how far from there it is 0.73. */
export interface Calibration {
  even: number;
  spread: number;
}

/**
 * What a cosine says of the chance that a passage answers: even at the middle, where all-MiniLM-L6-v2 puts as
 * many passages that answer as ones that do not.
 */
const COSINE: Calibration = { even: 0.36, spread: 0.07 };

/** All words of a query in one document are good evidence, half of them little. */
const COVERAGE_POWER = 3;

/**
 * What the evidence that a mode ranks by says of the chance that a document answers; fitted by
 * `npm run calibrate` on questions that no other figure is reported on (docs/quality.md).
 */
export const CALIBRATIONS: Record<Mode, Calibration> = {
  hybrid: { even: 0.893, spread: 0.12 },
  semantic: { even: 0.653, spread: 0.074 },
  keyword: { even: 0.485, spread: 0.152 },
};

/** Hits below this are left out unless a request names its own `minScore`. */
export const DEFAULT_MIN_SCORE = 0.06;

/**
 * The chance that a document answers, 0..1. The same for all queries that find the same evidence, so that hits of
 * different queries can be compared.
 *
 * @param evidence what the mode ranks documents by
 */
export function documentScore(mode: Mode, evidence: number): number {
  return chanceUnder(CALIBRATIONS[mode], evidence);
}

/** The chance that a curve gives to evidence, 0..1. */
export function chanceUnder({ even, spread }: Calibration, evidence: number): number {
  return 1 / (1 + Math.exp((even - evidence) / spread));
}

/** The chance that a passage with this cosine to the query answers it, 0..1. */
export function cosineScore(cosine: number): number {
  return chanceUnder(COSINE, cosine);
}

/** The same for a document that has this part of the query's words, 0..1. */
export function coverageScore(coverage: number): number {
  return coverage ** COVERAGE_POWER;
}

const DIGITS = 10_000;
const HALF_WAY = 1e-6;

/** To four digits: what follows is noise, and differs between machines. */
export function round(score: number): number {
  const digits = score * DIGITS;
  const whole = Math.round(digits);
  // Where it is not half way between two, this is what writing it down gives, in a tenth of the time.
  return Math.abs(Math.abs(digits - whole) - 0.5) > HALF_WAY ? whole / DIGITS : Number(score.toFixed(4));
}

/** The chance that at least one of two kinds of evidence is right. */
export function eitherScore(one: number, other: number): number {
  return 1 - (1 - one) * (1 - other);
}
