/** Work that somebody still waits for, of which the end can be waited for. */
export class UnderWay {
  readonly #work = new Set<Promise<unknown>>();

  /** Gives the work back. */
  track<Result>(work: Promise<Result>): Promise<Result> {
    this.#work.add(work);
    const forget = (): void => void this.#work.delete(work);
    work.then(forget, forget);
    return work;
  }

  /** Resolves when none is left, however it ended. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }
}
