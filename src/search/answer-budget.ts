import { AkinError } from '../errors.js';

/** Counts the bytes of an answer while it is made, so that one that grows too large is given up before it is in memory. */
export class AnswerBudget {
  readonly #most: number;
  #left: number;

  /** @param most bytes of JSON in UTF-8 that the whole answer may have */
  constructor(most: number) {
    this.#most = most;
    this.#left = most;
  }

  /**
   * Counts a part of the answer.
   * @throws AkinError ANSWER_TOO_LARGE where there is no room for it
   */
  take(part: unknown): void {
    this.#left -= Buffer.byteLength(JSON.stringify(part));
    if (this.#left < 0) throw answerTooLarge(this.#most);
  }

  /** Makes a part of the answer; where that fails, what it had counted is given back. */
  async attempt<Part>(make: () => Promise<Part>): Promise<Part> {
    const before = this.#left;
    try {
      return await make();
    } catch (error) {
      this.#left = before;
      throw error;
    }
  }

  /**
   * A whole answer as JSON.
   * @throws AkinError ANSWER_TOO_LARGE
   */
  write(answer: unknown): string {
    const text = JSON.stringify(answer);
    if (Buffer.byteLength(text) > this.#most) throw answerTooLarge(this.#most);
    return text;
  }
}

function answerTooLarge(most: number): AkinError {
  return new AkinError(
    'ANSWER_TOO_LARGE',
    `The answer would be larger than ${most} bytes. Ask for less at once, with a lower limit or with fewer queries or texts; whoever runs the server can raise AKIN_MAX_ANSWER_BYTES.`,
  );
}
