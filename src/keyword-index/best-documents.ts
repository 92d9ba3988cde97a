/** A document that has some of the words asked for. */
export interface KeywordMatch {
  /** Its key. */
  document: number;
  /** BM25, higher is better. */
  score: number;
}

/** Keeps the best documents of those that are offered: a binary heap with the worst of them on top. */
export class BestDocuments {
  readonly #limit: number;
  readonly #heap: KeywordMatch[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What a document must score at least to be kept. */
  get threshold(): number {
    return this.#heap.length < this.#limit ? 0 : (this.#heap[0]?.score ?? Number.POSITIVE_INFINITY);
  }

  offer(match: KeywordMatch): void {
    if (this.#heap.length < this.#limit) {
      this.#heap.push(match);
      this.#rise(this.#heap.length - 1);
    } else if (this.#heap[0] && isBetter(match, this.#heap[0])) {
      this.#heap[0] = match;
      this.#sink();
    }
  }

  /** Best first; those that score the same by their keys. */
  ranked(): KeywordMatch[] {
    return this.#heap.toSorted((a, b) => b.score - a.score || a.document - b.document);
  }

  #rise(from: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >>> 1;
      if (!this.#swapIfBetter(parent, place)) return;
      place = parent;
    }
  }

  #sink(): void {
    let place = 0;
    for (;;) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      const [one, other] = [this.#heap[left], this.#heap[right]];
      if (!one) return;
      const child = other && isBetter(one, other) ? right : left;
      if (!this.#swapIfBetter(place, child)) return;
      place = child;
    }
  }

  /** The worse of the two shall stand above. */
  #swapIfBetter(above: number, below: number): boolean {
    const [upper, lower] = [this.#heap[above], this.#heap[below]];
    if (!upper || !lower || !isBetter(upper, lower)) return false;
    this.#heap[above] = lower;
    this.#heap[below] = upper;
    return true;
  }
}

function isBetter(one: KeywordMatch, other: KeywordMatch): boolean {
  return one.score > other.score || (one.score === other.score && one.document < other.document);
}
