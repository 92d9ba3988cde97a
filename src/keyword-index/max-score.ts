import type { BestDocuments } from './best-documents.js';
import { PostingList } from './posting-list.js';
import { type Segment, WINDOW, windowsOf } from './segment.js';
import type { WeighedWord } from './weigh-words.js';

/** A word with its postings in one segment. */
interface SoughtWord {
  weight: number;
  lists: PostingList[];
  /** What it adds to a score at most in the present window. */
  bound: number;
}

export interface MaxScoreOptions {
  averageLength: number;
  best: BestDocuments;
  /** Whether a document may be found that was written with a version. */
  mayBeFound: (key: number, version: number) => boolean;
}

/**
 * Finds the best documents without reading all postings (MaxScore, Turtle and Flood 1995; by windows of documents with
 * bounds of their own, as Grand, Muir and others have it in Lucene). A window is skipped where all words together can't
 * reach what is already found. In others the words that could not do so alone only weigh what the rest find: their
 * postings are looked up.
 *
 * What is found is just what it would be if all were read. To that end each addend of a score is rounded to one unit for
 * the whole query, so that sums do not depend on their order.
 */
export class MaxScore {
  readonly #words: WeighedWord[];
  readonly #options: MaxScoreOptions;
  /** A power of two that no score reaches: numbers that it is added to and taken from are rounded alike. */
  readonly #unit: number;
  /** More than all rounding together. */
  readonly #slack: number;
  readonly #sums = new Float64Array(WINDOW);
  readonly #matched = new Uint32Array(WINDOW / 32);
  readonly #greatest = new Float64Array(WINDOW);
  readonly #matchedByWord = new Uint32Array(WINDOW / 32);

  constructor(words: WeighedWord[], options: MaxScoreOptions) {
    this.#words = words;
    this.#options = options;
    const most = words.reduce((total, { weight }) => total + weight, 0);
    this.#unit = 2 ** Math.ceil(Math.log2(most + 1));
    this.#slack = this.#unit * 2 ** -40;
  }

  /** Offers the documents of a segment that may be among the best. */
  search(segment: Segment): void {
    const { averageLength, best } = this.#options;
    const words = this.#words.flatMap(({ weight, terms }): SoughtWord[] => {
      const lists = terms.flatMap((term) => PostingList.of(term, segment, averageLength) ?? []);
      return lists.length > 0
        ? [{ weight, lists, bound: weight * greatest(lists, ({ bound }) => bound) }]
        : [];
    });
    if (!this.#mayReach(sumOfBounds(words), best.threshold)) return;
    const windows = windowsOf(segment.keys.length);
    for (let window = 0; window < windows; window++) {
      for (const word of words)
        word.bound = word.weight * greatest(word.lists, (list) => list.boundIn(window));
      words.sort((a, b) => a.bound - b.bound);
      this.#searchWindow(segment, window, words);
    }
  }

  /** @param words those that can add least first */
  #searchWindow(segment: Segment, window: number, words: SoughtWord[]): void {
    const { best } = this.#options;
    /** What the words before each place can add together. */
    const before = [0];
    for (const { bound } of words) before.push((before.at(-1) ?? 0) + bound);
    let essential = 0;
    while (essential < words.length && !this.#mayReach(before[essential + 1] ?? 0, best.threshold))
      essential++;
    if (before[words.length] === before[essential]) return;
    for (const word of words.slice(essential)) this.#add(word, window);
    const first = window * WINDOW;
    for (let place = 0; place < this.#matched.length; place++) {
      let bits = this.#matched[place] ?? 0;
      this.#matched[place] = 0;
      while (bits !== 0) {
        const within = place * 32 + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        const sum = this.#sums[within] ?? 0;
        this.#sums[within] = 0;
        if (this.#mayReach(sum + (before[essential] ?? 0), best.threshold)) {
          this.#weigh(segment, first + within, sum, words, before, essential);
        }
      }
    }
  }

  /** Looks up the words that were not read, those that can add most first, and offers the document. */
  #weigh(
    segment: Segment,
    ordinal: number,
    found: number,
    words: SoughtWord[],
    before: number[],
    essential: number,
  ): void {
    const { best, mayBeFound } = this.#options;
    const document = segment.keys[ordinal] ?? 0;
    if (!mayBeFound(document, segment.versions[ordinal] ?? 0)) return;
    let score = found;
    for (let place = essential - 1; place >= 0; place--) {
      const word = words[place];
      if (!word || !this.#mayReach(score + (before[place + 1] ?? 0), best.threshold)) return;
      const added = greatest(word.lists, (list) => list.scoreOf(ordinal, word.weight));
      score += added + this.#unit - this.#unit;
    }
    best.offer({ document, score });
  }

  /** Adds what a word gives the documents of a window: the best of its terms. */
  #add({ lists, weight }: SoughtWord, window: number): void {
    const [only, ...others] = lists;
    if (only && others.length === 0) {
      only.addTo(this.#sums, this.#matched, window, weight, this.#unit);
      return;
    }
    for (const list of lists) list.raiseTo(this.#greatest, this.#matchedByWord, window, weight, this.#unit);
    for (let place = 0; place < this.#matchedByWord.length; place++) {
      let bits = this.#matchedByWord[place] ?? 0;
      this.#matched[place] = (this.#matched[place] ?? 0) | bits;
      this.#matchedByWord[place] = 0;
      while (bits !== 0) {
        const within = place * 32 + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        this.#sums[within] = (this.#sums[within] ?? 0) + (this.#greatest[within] ?? 0);
        this.#greatest[within] = 0;
      }
    }
  }

  #mayReach(bound: number, threshold: number): boolean {
    return bound + this.#slack >= threshold;
  }
}

function sumOfBounds(words: SoughtWord[]): number {
  return words.reduce((total, { bound }) => total + bound, 0);
}

function greatest(lists: PostingList[], of: (list: PostingList) => number): number {
  let most = 0;
  for (const list of lists) most = Math.max(most, of(list));
  return most;
}
