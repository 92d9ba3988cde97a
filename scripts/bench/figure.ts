import type { Figure } from './benchmark.js';

/** The median of what the rounds gave, between its quartiles. */
export function figureOf(
  { name, unit, target }: Pick<Figure, 'name' | 'unit' | 'target'>,
  values: number[],
): Figure {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [below = Number.NaN, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place % 1);
  };
  return { name, value: at(0.5), unit, low: at(0.25), high: at(0.75), ...(target && { target }) };
}

/** How long something takes, in seconds. */
export async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}
