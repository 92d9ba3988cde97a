import { compare } from './cluster.js';

export interface Near {
  key: number;
  id: string;
  cosine: number;
}

/** A document that is like thousands of others, as forms are, is linked with so many of them. */
const MOST = 64;

/** The nearest of all that were added, ties by id: the same ones in whatever order they came. */
export class NearestList {
  #entries: Near[] = [];
  #hasLeftOut = false;

  add(entry: Near): void {
    this.#entries.push(entry);
    // Cut now and then, which is cheaper than to keep an order.
    if (this.#entries.length >= MOST * 2) this.#cut();
  }

  values(): Near[] {
    if (this.#entries.length > MOST) this.#cut();
    return this.#entries;
  }

  /** Takes entries out; false where others, once left out, may have to come in. */
  remove(keys: Set<number>): boolean {
    const kept = this.#entries.filter(({ key }) => !keys.has(key));
    const isWhole = kept.length === this.#entries.length || !this.#hasLeftOut;
    this.#entries = kept;
    return isWhole;
  }

  #cut(): void {
    this.#entries.sort((a, b) => b.cosine - a.cosine || compare(a.id, b.id));
    this.#entries = this.#entries.slice(0, MOST);
    this.#hasLeftOut = true;
  }
}
