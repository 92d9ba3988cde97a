interface Kept<Value> {
  value: Value;
  bytes: number;
}

/** Values by number within a bound of bytes; those not asked for the longest go first. */
export class RecentlyUsed<Value> {
  readonly #most: number;
  readonly #kept = new Map<number, Kept<Value>>();
  #bytes = 0;

  /** @param most bytes of all values together */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: number): Value | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.value;
  }

  set(key: number, value: Value, bytes: number): void {
    this.delete(key);
    if (bytes > this.#most) return;
    this.#kept.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#most) return;
      this.delete(oldest);
    }
  }

  delete(key: number): void {
    const kept = this.#kept.get(key);
    if (!kept) return;
    this.#kept.delete(key);
    this.#bytes -= kept.bytes;
  }
}
