import { PostingList, type Scoring } from './posting-list.js';
import type { Segment } from './segment.js';
import type { WeighedWord } from './weigh-words.js';
import type { WindowScores } from './window-scores.js';

/** The postings of a word of a query in one segment: those of all its terms. */
export class WordPostings {
  readonly #lists: PostingList[];
  readonly #scoring: Scoring;
  /** What it adds to a score at most, in the segment or in the window that was last moved to. */
  bound: number;

  private constructor(lists: PostingList[], scoring: Scoring) {
    this.#lists = lists;
    this.#scoring = scoring;
    this.bound = scoring.weight * Math.max(...lists.map(({ bound }) => bound));
  }

  /** Null where no document of the segment has the word. */
  static of(
    { weight, terms }: WeighedWord,
    segment: Segment,
    { averageLength, unit }: { averageLength: number; unit: number },
  ): WordPostings | null {
    const lists = terms.flatMap((term) => PostingList.of(term, segment, averageLength) ?? []);
    return lists.length > 0
      ? new WordPostings(lists, { weight, unit, isOneOfSeveral: lists.length > 1 })
      : null;
  }

  /** Windows must grow. */
  moveTo(window: number): void {
    let most = 0;
    for (const list of this.#lists) most = Math.max(most, list.boundIn(window));
    this.bound = this.#scoring.weight * most;
  }

  /** Adds what documents in a window score: by the best of the terms. As `PostingList.score`. */
  score(scores: WindowScores, window: number, candidatesOnly: boolean): void {
    for (const list of this.#lists) list.score(scores, window, this.#scoring, candidatesOnly);
    if (this.#scoring.isOneOfSeveral) scores.addGreatest();
  }
}
