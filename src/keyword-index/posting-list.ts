import { saturation } from './bm25.js';
import { LEAST_BOUNDED } from './bounds.js';
import { placeOf, type Segment, WINDOW, windowsOf } from './segment.js';
import type { WindowScores } from './window-scores.js';

/** Looking a document up takes about as long as reading so many postings. */
const LOOK_UP_COST = 8;

/** How the postings of a list are scored. */
export interface Scoring {
  /** What a saturated count is multiplied by. */
  weight: number;
  /** A power of two that no score reaches: numbers that it is added to and taken from are rounded alike. */
  unit: number;
  /** Whether a word has other terms too, the best of which counts. */
  isOneOfSeveral: boolean;
}

/** The postings of one term in one segment, read window by window from the first to the last. */
export class PostingList {
  readonly #ordinals: Uint16Array;
  readonly #counts: Uint16Array;
  readonly #lengths: Uint32Array;
  readonly #base: number;
  readonly #perWord: number;
  /** By window, in 255ths; null where the list is short or the segment small. */
  readonly #most: Uint8Array | null;
  /** What the bounds must be multiplied by since documents have become longer: a count then weighs more. */
  readonly #drift: number;
  readonly #end: number;
  /** The first posting that is not before what was last asked for. */
  #next: number;
  /** Postings in a window, on average. */
  readonly #perWindow: number;
  /** What no saturated count exceeds. */
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
    const isShort = this.#end - this.#next < LEAST_BOUNDED;
    const index = isShort ? -1 : placeOf(place, bounds.places);
    const windows = windowsOf(lengths.length);
    this.#perWindow = (this.#end - this.#next) / windows;
    this.#most = index < 0 ? null : bounds.most.subarray(index * windows, (index + 1) * windows);
    if (this.#most) this.bound = Math.min(1, Math.max(...this.#most) * this.#drift);
    else this.bound = isShort ? this.#greatest() : 1;
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
   * Adds what documents in a window score to their sums, or, as one of several terms of a word, to the greatest of them.
   * Candidates are looked up where that costs less than reading all postings; then others have no scores.
   *
   * @param candidatesOnly whether only the candidates' scores are wanted
   */
  score(scores: WindowScores, window: number, scoring: Scoring, candidatesOnly: boolean): void {
    if (candidatesOnly && scores.candidateCount * LOOK_UP_COST < this.#perWindow) {
      this.#lookUp(scores, window, scoring);
    } else this.#read(scores, window, scoring);
  }

  #read({ sums, greatest, matched }: WindowScores, window: number, scoring: Scoring): void {
    const [ordinals, counts, lengths] = [this.#ordinals, this.#counts, this.#lengths];
    const [base, perWord, end] = [this.#base, this.#perWord, this.#end];
    const { weight, unit, isOneOfSeveral } = scoring;
    const target = isOneOfSeveral ? greatest : sums;
    const first = window * WINDOW;
    const last = first + WINDOW;
    this.#seek(first);
    let posting = this.#next;
    for (; posting < end; posting++) {
      const ordinal = ordinals[posting] ?? 0;
      if (ordinal >= last) break;
      const count = counts[posting] ?? 0;
      const place = ordinal - first;
      const score = (weight * count) / (count + base + perWord * (lengths[ordinal] ?? 0)) + unit - unit;
      const present = target[place] ?? 0;
      target[place] = isOneOfSeveral ? Math.max(present, score) : present + score;
      matched[place >>> 5] = (matched[place >>> 5] ?? 0) | (1 << place);
    }
    this.#next = posting;
  }

  #lookUp(scores: WindowScores, window: number, { weight, unit, isOneOfSeveral }: Scoring): void {
    const { sums, greatest, candidates, candidateCount } = scores;
    const target = isOneOfSeveral ? greatest : sums;
    const first = window * WINDOW;
    for (let index = 0; index < candidateCount; index++) {
      const place = candidates[index] ?? 0;
      this.#seek(first + place);
      if (this.#next >= this.#end) return;
      if (this.#ordinals[this.#next] !== first + place) continue;
      const score = this.#scoreOf(this.#next, weight) + unit - unit;
      const present = target[place] ?? 0;
      target[place] = isOneOfSeveral ? Math.max(present, score) : present + score;
    }
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

  #scoreOf(posting: number, weight: number): number {
    const count = this.#counts[posting] ?? 0;
    const length = this.#lengths[this.#ordinals[posting] ?? 0] ?? 0;
    return (weight * count) / (count + this.#base + this.#perWord * length);
  }

  #greatest(): number {
    let greatest = 0;
    for (let posting = this.#next; posting < this.#end; posting++) {
      greatest = Math.max(greatest, this.#scoreOf(posting, 1));
    }
    return greatest;
  }
}
