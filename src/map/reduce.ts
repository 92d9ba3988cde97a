import { principalAxes } from '../embedding/principal-axes.js';
import { addTo, dot } from '../embedding/vector-math.js';

/** Axes are found from so many vectors: more change them hardly. */
const MOST_SAMPLED = 5_000;

/**
 * Vectors by their places along the axes in which they differ the most, the first axis first: as many numbers as axes for
 * each, one vector behind the other. Distances stay about as they were.
 *
 * @param vectors of one length
 * @param most axes; fewer where there are fewer vectors or dimensions
 */
export function reduce(vectors: Float32Array[], most: number): { width: number; coordinates: Float32Array } {
  const [first] = vectors;
  const width = Math.min(most, vectors.length, first?.length ?? 0);
  const coordinates = new Float32Array(width * vectors.length);
  if (!first || width === 0) return { width, coordinates };
  const step = Math.ceil(vectors.length / MOST_SAMPLED);
  const sampled = vectors.filter((_, place) => place % step === 0);
  const middle = new Float32Array(first.length);
  for (const vector of sampled) addTo(middle, vector, 1 / sampled.length);
  const centred = (vector: Float32Array): Float32Array => {
    const own = vector.slice();
    addTo(own, middle, -1);
    return own;
  };
  const axes = byImportance(principalAxes(sampled.map(centred), Math.min(width, sampled.length)), sampled);
  for (const [place, vector] of vectors.entries()) {
    const own = centred(vector);
    for (const [axis, direction] of axes.entries()) coordinates[place * width + axis] = dot(direction, own);
  }
  return { width, coordinates };
}

/** Axes in the order of how much vectors differ along them. */
function byImportance(axes: Float32Array[], vectors: Float32Array[]): Float32Array[] {
  const weighed = axes.map((axis) => {
    const places = vectors.map((vector) => dot(axis, vector));
    const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
    return { axis, spread: places.reduce((sum, place) => sum + (place - mean) ** 2, 0) };
  });
  return weighed.sort((one, other) => other.spread - one.spread).map(({ axis }) => axis);
}
