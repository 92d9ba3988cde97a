import type { Figure } from './benchmark.js';

/** The value below which this part of the values lies, between the two nearest where it falls between them. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) return Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The figure that rounds give: their median, and their quartiles as its spread. */
export function figureOf(
  name: string,
  values: readonly number[],
  unit: string,
  target?: Figure['target'],
): Figure {
  const [low, value, high] = [quantile(values, 0.25), median(values), quantile(values, 0.75)];
  return { name, value, unit, low, high, ...(target && { target }) };
}

/** In milliseconds. */
export async function timeOf(run: () => unknown): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

/**
 * Runs several ways in turns, so that all meet the same machine, and gives what each round gave.
 *
 * @param rounds counted ones; one more before them is for warming up
 * @param ways each gives a number: milliseconds, or whatever is compared
 */
export async function inTurns<Way extends string>(
  rounds: number,
  ways: Record<Way, (round: number) => Promise<number>>,
): Promise<Record<Way, number[]>> {
  const names = Object.keys(ways) as Way[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Way, number[]>;
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const value = await ways[name](round);
      if (round >= 0) values[name].push(value);
    }
  }
  return values;
}

/** What each round's value of one way is of the other's. */
export function ratios(ones: readonly number[], others: readonly number[]): number[] {
  return ones.map((one, round) => one / (others[round] ?? Number.NaN));
}
