import { dot } from '../embedding/vector-math.js';

/** The vectors of the passages of one document, in their order, as one piece of memory. */
export class PassageVectors {
  /** Of the passages. */
  readonly ids: Float64Array;
  readonly #numbers: Float32Array;
  readonly #dimensions: number;

  /** @param rows as SQLite gives them, one at the least; of each, what stands before the passage's id is no part of it */
  constructor(rows: [document: number, passage: number, vector: Buffer][]) {
    this.ids = Float64Array.from(rows, ([, passage]) => passage);
    const width = rows[0]?.[2].byteLength ?? 0;
    const bytes = new Uint8Array(width * rows.length);
    for (const [place, [, , vector]] of rows.entries()) bytes.set(vector, place * width);
    this.#numbers = new Float32Array(bytes.buffer);
    this.#dimensions = width / Float32Array.BYTES_PER_ELEMENT;
  }

  /** How many passages there are. */
  get size(): number {
    return this.ids.length;
  }

  /** In memory. */
  get bytes(): number {
    return this.#numbers.byteLength + this.ids.byteLength;
  }

  /** The vector of the passage at a place, not a copy of it. */
  at(place: number): Float32Array {
    return this.#numbers.subarray(place * this.#dimensions, (place + 1) * this.#dimensions);
  }

  /** The cosine of the passage at a place to a unit vector. */
  cosine(place: number, vector: Float32Array): number {
    return dot(vector, this.#numbers, place * this.#dimensions);
  }
}
