import { AkinError } from '../../errors.js';
import type { ReadLimits } from '../limits.js';

/** A part is held in memory whole, often several times over: one that expands to more is not read. */
const LARGEST_PART = 256_000_000;

/** What is left of a file's limits. One budget is shared by all that stands in the file, however deep. */
export class ReadBudget {
  readonly #limits: Readonly<ReadLimits>;
  #bytes = 0;
  #characters = 0;

  constructor(limits: Readonly<ReadLimits>) {
    this.#limits = limits;
  }

  /** The most bytes that the next part may expand to. */
  get largestPart(): number {
    return Math.min(LARGEST_PART, Math.max(0, this.#limits.maxArchiveBytes - this.#bytes));
  }

  /** @throws AkinError ARCHIVE_TOO_LARGE where so many bytes are more than the file may still expand to */
  takeBytes(bytes: number): void {
    if (bytes > this.largestPart) throw this.tooManyBytes();
    this.#bytes += bytes;
  }

  /** The parts of a container that are read, and of those after them one, which {@link checkParts} refuses. */
  firstParts<Part>(parts: Part[]): Part[] {
    return parts.slice(0, this.#limits.maxArchiveEntries + 1);
  }

  /** @throws AkinError ARCHIVE_TOO_LARGE for a container with so many parts */
  checkParts(count: number): void {
    if (count <= this.#limits.maxArchiveEntries) return;
    throw new AkinError(
      'ARCHIVE_TOO_LARGE',
      `There are more than ${this.#limits.maxArchiveEntries} parts; this one and those after it are not read. Split the file, or raise AKIN_MAX_ARCHIVE_ENTRIES.`,
    );
  }

  /** @throws AkinError TEXT_TOO_LARGE where the text is longer than what is left for the file */
  takeText(characters: number): void {
    if (this.#characters + characters > this.#limits.maxTextCharacters) {
      throw new AkinError(
        'TEXT_TOO_LARGE',
        `The text would be longer than ${this.#limits.maxTextCharacters} characters in all. Split the file, or raise AKIN_MAX_TEXT_CHARACTERS.`,
      );
    }
    this.#characters += characters;
  }

  /** @throws AkinError ARCHIVE_TOO_LARGE where containers stand in one another too deep */
  checkDepth(depth: number): void {
    if (depth <= this.#limits.maxArchiveDepth) return;
    throw new AkinError(
      'ARCHIVE_TOO_LARGE',
      `More than ${this.#limits.maxArchiveDepth} archives stand in one another. Unpack the outer ones, or raise AKIN_MAX_ARCHIVE_DEPTH.`,
    );
  }

  tooManyBytes(): AkinError {
    return new AkinError(
      'ARCHIVE_TOO_LARGE',
      `It expands to more than the ${(this.largestPart / 1e6).toFixed(1)} MB that may still be read of this file. Unpack it, or raise AKIN_MAX_ARCHIVE_BYTES.`,
    );
  }
}
