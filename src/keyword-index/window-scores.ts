import { WINDOW } from './segment.js';

/** What the documents of a window score by the words read so far. Documents go by their places in the window. */
export class WindowScores {
  readonly sums = new Float64Array(WINDOW);
  /** The places of the documents that may still be among the best, growing. */
  readonly candidates = new Uint16Array(WINDOW);
  candidateCount = 0;
  /** A bit for each place: whether the document has one of the words that were read whole. */
  readonly matched = new Uint32Array(WINDOW / 32);
  /** The best of a word's terms, where it has several. */
  readonly greatest = new Float64Array(WINDOW);

  /** Takes for candidates what has matched. */
  takeMatched(): void {
    let count = 0;
    for (let group = 0; group < this.matched.length; group++) {
      for (let bits = this.matched[group] ?? 0; bits !== 0; bits &= bits - 1) {
        this.candidates[count++] = group * 32 + 31 - Math.clz32(bits & -bits);
      }
    }
    this.candidateCount = count;
  }

  /** Keeps the candidates whose sums reach a threshold. */
  keep(threshold: number): void {
    let count = 0;
    for (let index = 0; index < this.candidateCount; index++) {
      const place = this.candidates[index] ?? 0;
      if ((this.sums[place] ?? 0) >= threshold) this.candidates[count++] = place;
    }
    this.candidateCount = count;
  }

  /**
   * Keeps the candidates that are allowed.
   * @param keys of the documents by their places in the window
   * @param allowed by key
   */
  keepAllowed(keys: Uint32Array, allowed: Uint8Array): void {
    let count = 0;
    for (let index = 0; index < this.candidateCount; index++) {
      const place = this.candidates[index] ?? 0;
      if (allowed[keys[place] ?? 0] === 1) this.candidates[count++] = place;
    }
    this.candidateCount = count;
  }

  /** Adds the best of a word's terms to the sums. */
  addGreatest(): void {
    for (let place = 0; place < WINDOW; place++) {
      const score = this.greatest[place] ?? 0;
      if (score > 0) this.sums[place] = (this.sums[place] ?? 0) + score;
    }
    this.greatest.fill(0);
  }

  clear(): void {
    this.sums.fill(0);
    this.matched.fill(0);
  }
}
