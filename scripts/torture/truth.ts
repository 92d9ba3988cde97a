/** The text of a document, or null where it is not there. */
export type State = string | null;

/**
 * What an index must hold after a crash. A write that was answered holds; one that was under way may have happened or
 * not, and once it is seen which, that holds.
 */
export class Truth {
  /** By the ids: what each document may be. */
  readonly #possible = new Map<string, Set<State>>();
  /** Every text that a document was ever given. */
  readonly #given = new Map<string, Set<string>>();

  /** Notes a write before it is sent. */
  attempt(id: string, state: State): void {
    this.#of(id).add(state);
    if (state === null) return;
    const given = this.#given.get(id) ?? new Set();
    this.#given.set(id, given.add(state));
  }

  /** Notes that a write was answered. */
  acknowledge(id: string, state: State): void {
    this.#possible.set(id, new Set([state]));
  }

  /** Whether a document may be what was found of it; that is what it is from now on. */
  observe(id: string, state: State): boolean {
    const allowed = this.#of(id).has(state);
    this.#possible.set(id, new Set([state]));
    return allowed;
  }

  /** What a document may be, for a report. */
  possible(id: string): State[] {
    return [...this.#of(id)];
  }

  /** Whether a passage is of a text that the document was ever given. */
  wasGiven(id: string, passage: string): boolean {
    return [...(this.#given.get(id) ?? [])].some((text) => text.includes(passage));
  }

  get ids(): string[] {
    return [...this.#possible.keys()];
  }

  #of(id: string): Set<State> {
    const possible = this.#possible.get(id) ?? new Set<State>([null]);
    this.#possible.set(id, possible);
    return possible;
  }
}
