import { addTo, dot, unitVector } from './vector-math.js';

/**
 * About the directions in which vectors differ the most: one step of subspace iteration (Halko, Martinsson and Tropp,
 * arXiv 0909.4061) from vectors that are given, so that the same ones give the same axes.
 *
 * @param vectors from their middle, of one length; at least as many as there shall be axes
 * @returns so many unit vectors, each at a right angle to all others
 */
export function principalAxes(vectors: Float32Array[], count: number): Float32Array[] {
  const step = Math.floor(vectors.length / count);
  const first = vectors.filter((_, place) => place % step === 0).slice(0, count);
  return orthonormal(orthonormal(first).map((axis) => drawn(axis, vectors)));
}

/** The sum of vectors, each by as much as it lies in the direction of an axis. */
function drawn(axis: Float32Array, vectors: Float32Array[]): Float32Array {
  const sum = new Float32Array(axis.length);
  for (const vector of vectors) addTo(sum, vector, dot(axis, vector));
  return sum;
}

function orthonormal(vectors: Float32Array[]): Float32Array[] {
  const axes: Float32Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    for (const axis of axes) addTo(rest, axis, -dot(axis, rest));
    axes.push(unitVector(rest));
  }
  return axes;
}
