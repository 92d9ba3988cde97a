/**
 * What is known of things that were asked for lately, within a bound. Of two generations the older goes when the younger
 * is full; what was asked for meanwhile has moved to the younger. That drops nearly what was not asked for the
 * longest, and asking costs one look-up for what is asked for often.
 */
export class RecentlyUsed<Key, Value> {
  readonly #mostYoung: number;
  #young = new Map<Key, Sized<Value>>();
  #old = new Map<Key, Sized<Value>>();
  #size = 0;

  /** @param most of the sizes of both generations together */
  constructor(most: number) {
    this.#mostYoung = most / 2;
  }

  /** What was set; undefined where it is not known any more. */
  get(key: Key): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young.value;
    const old = this.#old.get(key);
    if (old === undefined) return undefined;
    this.#old.delete(key);
    this.#keep(key, old);
    return old.value;
  }

  /** @param size in whatever the bound counts; what is larger than a generation is not kept. Default: 1 */
  set(key: Key, value: Value, size = 1): void {
    this.delete(key);
    if (size <= this.#mostYoung) this.#keep(key, { value, size });
  }

  delete(key: Key): void {
    this.#size -= this.#young.get(key)?.size ?? 0;
    this.#young.delete(key);
    this.#old.delete(key);
  }

  #keep(key: Key, kept: Sized<Value>): void {
    if (this.#size + kept.size > this.#mostYoung) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = 0;
    }
    this.#young.set(key, kept);
    this.#size += kept.size;
  }
}

interface Sized<Value> {
  value: Value;
  size: number;
}
