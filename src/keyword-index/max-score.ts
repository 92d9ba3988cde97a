import type { BestDocuments } from './best-documents.js';
import { type Segment, WINDOW, windowsOf } from './segment.js';
import { roundingUnit, type WeighedWord } from './weigh-words.js';
import { WindowScores } from './window-scores.js';
import { WordPostings } from './word-postings.js';

export interface MaxScoreOptions {
  /** Of all documents, in words. */
  averageLength: number;
  best: BestDocuments;
  /** Whether a document that was written with a version is still there. */
  isLive: (key: number, version: number) => boolean;
  /** By key: 1 for documents that may be found; null for all. */
  allowed: Uint8Array | null;
}

/**
 * Finds the best documents without reading all postings (MaxScore, Turtle and Flood 1995; by windows of documents that
 * have bounds of their own, as block-max indexes do, Ding and Suel 2011). A window is passed over where all words
 * together can't reach what is found already. In others the words that could not do so without the rest are asked last,
 * and only about documents that have some of the rest and may still be among the best.
 *
 * What is found is just what it would be if everything were read. Each addend of a score is rounded to one unit for the
 * whole query, so that sums do not depend on their order.
 */
export class MaxScore {
  readonly #words: WeighedWord[];
  readonly #options: MaxScoreOptions;
  readonly #unit: number;
  /** More than all rounding together. */
  readonly #slack: number;
  readonly #scores = new WindowScores();

  constructor(words: WeighedWord[], options: MaxScoreOptions) {
    this.#words = words;
    this.#options = options;
    this.#unit = roundingUnit(words);
    this.#slack = this.#unit * 2 ** -40;
  }

  /** Offers the documents of a segment that may be among the best. */
  search(segment: Segment): void {
    const how = { averageLength: this.#options.averageLength, unit: this.#unit };
    const words = this.#words.flatMap((word) => WordPostings.of(word, segment, how) ?? []);
    if (words.reduce((sum, { bound }) => sum + bound, 0) < this.#threshold) return;
    const windows = windowsOf(segment.keys.length);
    for (let window = 0; window < windows; window++) {
      for (const word of words) word.moveTo(window);
      words.sort((a, b) => a.bound - b.bound);
      this.#searchWindow(segment, window, words);
    }
  }

  /** @param words those that can add least first */
  #searchWindow({ keys, versions }: Segment, window: number, words: WordPostings[]): void {
    const { best, isLive, allowed } = this.#options;
    const threshold = this.#threshold;
    /** What the words before each place can add together. */
    const before = [0];
    for (const [place, { bound }] of words.entries()) before.push((before[place] ?? 0) + bound);
    let essential = 0;
    while (essential < words.length && (before[essential + 1] ?? 0) < threshold) essential++;
    if (before[essential] === before[words.length]) return;
    const scores = this.#scores;
    const first = window * WINDOW;
    for (let place = essential; place < words.length; place++) words[place]?.score(scores, window, false);
    scores.takeMatched();
    if (allowed) scores.keepAllowed(keys.subarray(first), allowed);
    scores.keep(threshold - (before[essential] ?? 0));
    for (let place = essential - 1; place >= 0 && scores.candidateCount > 0; place--) {
      words[place]?.score(scores, window, true);
      scores.keep(threshold - (before[place] ?? 0));
    }
    for (let index = 0; index < scores.candidateCount; index++) {
      const place = scores.candidates[index] ?? 0;
      const document = keys[first + place] ?? 0;
      if (!isLive(document, versions[first + place] ?? 0)) continue;
      best.offer({ document, score: scores.sums[place] ?? 0 });
    }
    scores.clear();
  }

  /** What a document must score at least, as far as numbers are sure. */
  get #threshold(): number {
    return this.#options.best.threshold - this.#slack;
  }
}
