/**
 * What is known of things that were asked for lately, within a bound. Of two generations the older goes when the younger
 * is full; what was asked for meanwhile has moved to the younger. That drops nearly what was not asked for the
 * longest, and asking costs one look-up for what is asked for often.
 */
export class RecentlyUsed<Key, Value extends NonNullable<unknown> | null> {
  readonly #mostYoung: number;
  readonly #sizeOf: (value: Value) => number;
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();
  #size = 0;

  /**
   * @param most of the sizes of both generations together
   * @param sizeOf the same for the same value. Default: each counts 1
   */
  constructor(most: number, sizeOf: (value: Value) => number = () => 1) {
    this.#mostYoung = most / 2;
    this.#sizeOf = sizeOf;
  }

  /** What was set; undefined where it is not known any more. */
  get(key: Key): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old === undefined) return undefined;
    this.#old.delete(key);
    this.#keep(key, old);
    return old;
  }

  /** What is larger than a generation is not kept. */
  set(key: Key, value: Value): void {
    this.delete(key);
    this.#keep(key, value);
  }

  delete(key: Key): void {
    const young = this.#young.get(key);
    if (young !== undefined) this.#size -= this.#sizeOf(young);
    this.#young.delete(key);
    this.#old.delete(key);
  }

  #keep(key: Key, value: Value): void {
    const size = this.#sizeOf(value);
    if (size > this.#mostYoung) return;
    if (this.#size + size > this.#mostYoung) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = 0;
    }
    this.#young.set(key, value);
    this.#size += size;
  }
}
