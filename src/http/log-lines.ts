import { writeSync } from 'node:fs';

const STDERR = 2;

/**
 * Writes lines to standard error, each before the next thing happens: what a crash leaves is whole. One that can't be
 * written (a full disk, a closed pipe, a reader that does not read) is lost and counted: nothing ends or waits for it.
 */
export class LogLines {
  #lost = 0;
  /** Whether the beginning of a lost line was written. */
  #isBroken = false;

  /** How many could not be written. */
  get lost(): number {
    return this.#lost;
  }

  write(line: string): void {
    let rest = Buffer.from(this.#isBroken ? `\n${line}` : line);
    const whole = rest.length;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(STDERR, rest));
      this.#isBroken = false;
    } catch {
      this.#lost++;
      this.#isBroken ||= rest.length < whole;
    }
  }
}
