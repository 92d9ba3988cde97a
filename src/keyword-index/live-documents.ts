import type { TermCounts } from '../storage/term-counts.js';

/** Which written documents there still are, and how many have which term. */
export class LiveDocuments {
  /** By key: the number of the write that holds; 0 where there is no document. */
  #versions = new Uint32Array(1_024);
  /** By a term's number. */
  #having = new Uint32Array(1_024);
  #lastVersion = 0;
  #count = 0;
  #words = 0;

  get count(): number {
    return this.#count;
  }

  /** In words. */
  get averageLength(): number {
    return this.#count > 0 ? this.#words / this.#count : 0;
  }

  /** The greatest key that a document ever had here. */
  get mostKey(): number {
    return this.#versions.length - 1;
  }

  has(key: number, version: number): boolean {
    return this.#versions[key] === version;
  }

  /** How many documents have a term. */
  having(term: number): number {
    return this.#having[term] ?? 0;
  }

  /**
   * Counts a document that was written.
   * @param before what it had until then; null where it was not there
   * @returns the number of this write, by which it is there until it is written again or removed
   */
  put(key: number, { terms, length }: TermCounts, before: TermCounts | null): number {
    if (before) this.remove(key, before);
    this.#versions = grown(this.#versions, key);
    this.#having = grown(this.#having, terms.at(-1) ?? 0);
    for (const term of terms) this.#having[term] = (this.#having[term] ?? 0) + 1;
    this.#versions[key] = ++this.#lastVersion;
    this.#count++;
    this.#words += length;
    return this.#lastVersion;
  }

  remove(key: number, { terms, length }: TermCounts): void {
    for (const term of terms) this.#having[term] = (this.#having[term] ?? 0) - 1;
    this.#versions[key] = 0;
    this.#count--;
    this.#words -= length;
  }
}

/** The same numbers with room for one more place, and then some. */
function grown(numbers: Uint32Array<ArrayBuffer>, place: number): Uint32Array<ArrayBuffer> {
  if (place < numbers.length) return numbers;
  const larger = new Uint32Array(Math.ceil(place * 1.5) + 1);
  larger.set(numbers);
  return larger;
}
