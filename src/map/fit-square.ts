import type { Position } from './k-means.js';

/** Positions moved and scaled, the same in both directions, so that they just fit between -1 and 1. */
export function fitSquare(positions: Position[]): Position[] {
  const [left, right] = bounds(positions.map(({ x }) => x));
  const [low, high] = bounds(positions.map(({ y }) => y));
  const radius = Math.max(right - left, high - low) / 2 || 1;
  return positions.map(({ x, y }) => ({
    x: (x - (left + right) / 2) / radius,
    y: (y - (low + high) / 2) / radius,
  }));
}

function bounds(numbers: number[]): [least: number, most: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) [least, most] = [Math.min(least, number), Math.max(most, number)];
  return [least, most];
}
