/** Words of one generation: two of them are kept. */
const MOST_WORDS = 20_000;

/**
 * What is known of words, for those that were met lately: most words of any text are among the most frequent of its
 * language. Of two generations the older goes when the younger is full, and words that were met meanwhile have moved
 * to the younger: nearly as good as dropping the word not met for the longest, and it costs two look-ups at most.
 */
export class RecentWords<Value> {
  readonly #most: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  /** @param most words of one of the two generations */
  constructor(most: number = MOST_WORDS) {
    this.#most = most;
  }

  /** What was set for a word; undefined where it is not known any more. */
  get(word: string): Value | undefined {
    const young = this.#young.get(word);
    if (young !== undefined) return young;
    const old = this.#old.get(word);
    if (old !== undefined) this.set(word, old);
    return old;
  }

  set(word: string, value: Value): void {
    if (this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(word, value);
  }
}
