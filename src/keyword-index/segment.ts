/** Documents of one segment: an ordinal fits into 16 bits. */
export const MOST_IN_SEGMENT = 65_536;

/** Bounds are kept for so many ordinals in a row. */
export const WINDOW = 4_096;

/**
 * The postings of some documents, each with the terms that it had when it was written: an inverted index that never
 * changes. Documents go by their ordinals, terms by their places in `terms`.
 */
export interface Postings {
  /** By ordinal: the document's key, the number of the write that it came with, its length in words. */
  readonly keys: Uint32Array;
  readonly versions: Uint32Array;
  readonly lengths: Uint32Array;
  /** The terms' numbers, growing. */
  readonly terms: Uint32Array;
  /** By place: where the term's postings begin; one more for where the last ones end. */
  readonly starts: Uint32Array;
  /** The postings of each term, by growing ordinal, and how often the document has it. */
  readonly ordinals: Uint16Array;
  readonly counts: Uint16Array;
}

export interface Segment extends Postings {
  readonly bounds: Bounds;
}

/** How much of its idf a term scores at most in each window of a segment. */
export interface Bounds {
  /** Of all documents, when the bounds were reckoned. */
  readonly averageLength: number;
  /** The places of the terms that have bounds, growing: those with many postings. */
  readonly places: Uint32Array;
  /** For each of these terms a byte for each window: the greatest saturated count in 255ths, rounded up. */
  readonly most: Uint8Array;
}

/** Where a number stands in some that grow; -1 where it does not. */
export function placeOf(number: number, numbers: Uint32Array): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === number ? low : -1;
}

/** How many windows a segment of so many documents has. */
export function windowsOf(documents: number): number {
  return Math.ceil(documents / WINDOW);
}
