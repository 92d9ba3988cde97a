/** The inner product of two vectors; of unit vectors, the cosine. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Adds a vector to another in its place. */
export function addTo(sum: Float32Array, vector: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (vector[i] as number);
}

/** The mean of unit vectors, itself of length 1; null of none. */
export function meanVector(vectors: Float32Array[]): Float32Array | null {
  const [first] = vectors;
  if (!first) return null;
  const mean = new Float32Array(first.length);
  for (const vector of vectors) addTo(mean, vector);
  const length = Math.sqrt(dot(mean, mean)) || 1;
  return mean.map((value) => value / length);
}
