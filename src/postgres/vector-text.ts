/** So many digits tell any two 32-bit floats apart. */
const DIGITS = 9;

/** A vector as pgvector reads it. */
export function vectorText(vector: Float32Array): string {
  return `[${Array.from(vector, (value) => value.toPrecision(DIGITS)).join(',')}]`;
}
