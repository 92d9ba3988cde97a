import { InvalidArgumentError } from 'commander';

/** @throws InvalidArgumentError */
export function number(value: string): number {
  const parsed = Number(value);
  if (value.trim() === '' || Number.isNaN(parsed)) throw new InvalidArgumentError('It must be a number.');
  return parsed;
}

/** @throws InvalidArgumentError */
export function wholeNumber(value: string): number {
  const parsed = Number(value);
  if (!Number.isSafeInteger(parsed) || parsed < 1)
    throw new InvalidArgumentError('It must be a whole number above 0.');
  return parsed;
}

/** @throws InvalidArgumentError */
export function json(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    // The parser's own words speak of positions; what is wanted helps more.
    throw new InvalidArgumentError('It must be JSON, such as {"source":"The Star"}.');
  }
}

/** An option that may be given several times. */
export function several(value: string, before: string[] = []): string[] {
  return [...before, value];
}
