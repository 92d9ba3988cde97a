import { dot } from '../embedding/vector-math.js';

/** A passage of one document and the passage of another that it is nearest to, by their places in the two lists. */
export interface PassagePair {
  own: number;
  other: number;
  cosine: number;
}

/** The passage pairs that two documents share, and how much they share in all. */
export interface Alignment {
  /** Mean cosine of each passage to the nearest of the other document, both ways, −1..1. */
  score: number;
  /** For each passage of the other document its nearest own one, best first. */
  pairs: PassagePair[];
}

/**
 * Compares two documents passage by passage: each is laid beside the one that is nearest to it, so that articles which
 * share one of several subjects are seen to. Null where one has no passages.
 */
export function align(own: Float32Array[], other: Float32Array[]): Alignment | null {
  if (own.length === 0 || other.length === 0) return null;
  const bestOfOwn = new Float64Array(own.length).fill(-1);
  let sumOfOther = 0;
  const pairs = other.map((vector, index): PassagePair => {
    let nearest = 0;
    let best = -1;
    for (let place = 0; place < own.length; place++) {
      const cosine = dot(own[place] as Float32Array, vector);
      if (cosine > (bestOfOwn[place] as number)) bestOfOwn[place] = cosine;
      if (cosine > best) [nearest, best] = [place, cosine];
    }
    sumOfOther += best;
    return { own: nearest, other: index, cosine: best };
  });
  const sumOfOwn = bestOfOwn.reduce((sum, cosine) => sum + cosine, 0);
  return {
    score: (sumOfOwn / own.length + sumOfOther / other.length) / 2,
    pairs: pairs.sort((a, b) => b.cosine - a.cosine || a.other - b.other),
  };
}

/** At most so many of a list, taken evenly from over the whole. */
export function evenly<Value>(values: Value[], most: number): Value[] {
  const step = values.length / most;
  return step <= 1
    ? values
    : values.filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step));
}
