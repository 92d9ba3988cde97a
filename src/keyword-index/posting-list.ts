import { saturation } from './bm25.js';
import { LEAST_BOUNDED } from './bounds.js';
import { placeOf, type Segment, WINDOW, windowsOf } from './segment.js';

/** The postings of one term in one segment, read once from the first to the last. */
export class PostingList {
  readonly #ordinals: Uint16Array;
  readonly #counts: Uint16Array;
  readonly #lengths: Uint32Array;
  readonly #base: number;
  readonly #perWord: number;
  /** By window, in 255ths; null where the list is short. */
  readonly #most: Uint8Array | null;
  /** What the bounds must be multiplied by since documents have become longer: a count then weighs more. */
  readonly #drift: number;
  readonly #end: number;
  #next: number;
  /** Of the whole list. */
  readonly bound: number;

  private constructor(segment: Segment, place: number, averageLength: number) {
    const { starts, bounds, lengths } = segment;
    this.#ordinals = segment.ordinals;
    this.#counts = segment.counts;
    this.#lengths = lengths;
    ({ base: this.#base, perWord: this.#perWord } = saturation(averageLength));
    this.#next = starts[place] ?? 0;
    this.#end = starts[place + 1] ?? 0;
    this.#drift = Math.max(1, averageLength / bounds.averageLength) / 255;
    const index = this.#end - this.#next < LEAST_BOUNDED ? -1 : placeOf(place, bounds.places);
    const windows = windowsOf(lengths.length);
    this.#most = index < 0 ? null : bounds.most.subarray(index * windows, (index + 1) * windows);
    this.bound = this.#most ? Math.min(1, Math.max(...this.#most) * this.#drift) : this.#greatest();
  }

  /** Null where no document of the segment has the term. */
  static of(term: number, segment: Segment, averageLength: number): PostingList | null {
    const place = placeOf(term, segment.terms);
    return place < 0 ? null : new PostingList(segment, place, averageLength);
  }

  /** What no saturated count in a window exceeds; 0 where there is none. Windows that are asked for must grow. */
  boundIn(window: number): number {
    if (this.#most) return Math.min(1, (this.#most[window] ?? 0) * this.#drift);
    this.#seek(window * WINDOW);
    const isThere = this.#next < this.#end && (this.#ordinals[this.#next] ?? 0) < (window + 1) * WINDOW;
    return isThere ? this.bound : 0;
  }

  /**
   * Adds `weight` times the saturated count of each document in a window to its sum, each product rounded to `unit`.
   * @param sums by ordinal within the window
   * @param matched a bit for each ordinal in the window, set where a document is in the list
   */
  addTo(sums: Float64Array, matched: Uint32Array, window: number, weight: number, unit: number): void {
    const [ordinals, counts, lengths] = [this.#ordinals, this.#counts, this.#lengths];
    const [base, perWord, end] = [this.#base, this.#perWord, this.#end];
    const first = window * WINDOW;
    const last = first + WINDOW;
    this.#seek(first);
    let posting = this.#next;
    for (; posting < end; posting++) {
      const ordinal = ordinals[posting] ?? 0;
      if (ordinal >= last) break;
      const count = counts[posting] ?? 0;
      const place = ordinal - first;
      const part = (weight * count) / (count + base + perWord * (lengths[ordinal] ?? 0));
      sums[place] = (sums[place] ?? 0) + (part + unit - unit);
      matched[place >>> 5] = (matched[place >>> 5] ?? 0) | (1 << place);
    }
    this.#next = posting;
  }

  /** As `addTo`, but keeps the greatest instead of the sum. */
  raiseTo(greatest: Float64Array, matched: Uint32Array, window: number, weight: number, unit: number): void {
    const first = window * WINDOW;
    const last = first + WINDOW;
    this.#seek(first);
    for (; this.#next < this.#end; this.#next++) {
      const ordinal = this.#ordinals[this.#next] ?? 0;
      if (ordinal >= last) break;
      const place = ordinal - first;
      const part = this.#score(this.#next, weight) + unit - unit;
      if (part > (greatest[place] ?? 0)) greatest[place] = part;
      matched[place >>> 5] = (matched[place >>> 5] ?? 0) | (1 << place);
    }
  }

  /** `weight` times the saturated count of a document; 0 where it is not in the list. Ordinals asked for must grow. */
  scoreOf(ordinal: number, weight: number): number {
    this.#seek(ordinal);
    const isThere = this.#next < this.#end && this.#ordinals[this.#next] === ordinal;
    return isThere ? this.#score(this.#next, weight) : 0;
  }

  /** Goes to the first posting that is not before an ordinal: in doubling steps, then by halves. */
  #seek(ordinal: number): void {
    const ordinals = this.#ordinals;
    let low = this.#next;
    if (low >= this.#end || (ordinals[low] ?? 0) >= ordinal) return;
    let step = 1;
    while (low + step < this.#end && (ordinals[low + step] ?? 0) < ordinal) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, this.#end);
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((ordinals[middle] ?? 0) < ordinal) low = middle;
      else high = middle;
    }
    this.#next = high;
  }

  #score(posting: number, weight: number): number {
    const count = this.#counts[posting] ?? 0;
    const length = this.#lengths[this.#ordinals[posting] ?? 0] ?? 0;
    return (weight * count) / (count + this.#base + this.#perWord * length);
  }

  #greatest(): number {
    let greatest = 0;
    for (let posting = this.#next; posting < this.#end; posting++) {
      greatest = Math.max(greatest, this.#score(posting, 1));
    }
    return greatest;
  }
}
