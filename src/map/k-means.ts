import { seededRandom } from './random.js';

const SEED = 7;
const MOST_ROUNDS = 60;

/** A point of the map. */
export interface Position {
  x: number;
  y: number;
}

/**
 * Parts points into groups around so many middles: Lloyd's algorithm from the seeds of k-means++ (Arthur and
 * Vassilvitskii, 2007). The same points give the same groups, numbered from the largest on.
 *
 * @param count of groups; fewer come where there are fewer different points
 * @returns the group of each point
 */
export function kMeans(points: Position[], count: number): number[] {
  let middles = seeds(points, count);
  let groups = points.map((point) => nearest(middles, point));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    middles = middlesOf(points, groups, middles);
    const next = points.map((point) => nearest(middles, point));
    const isSettled = next.every((group, place) => group === groups[place]);
    groups = next;
    if (isSettled) break;
  }
  return largestFirst(groups);
}

/** Points far from those chosen before are the likelier, the farther they are. */
function seeds(points: Position[], count: number): Position[] {
  const random = seededRandom(SEED);
  const chosen: Position[] = [];
  const squares = points.map(() => 1);
  while (chosen.length < count) {
    const seed = points[drawn(squares, random())];
    if (!seed) break;
    chosen.push(seed);
    for (const [place, point] of points.entries()) {
      const square = squareBetween(point, seed);
      if (chosen.length === 1 || square < (squares[place] ?? 0)) squares[place] = square;
    }
  }
  return chosen;
}

/** The place that a number from 0 up to 1 falls on where each takes as much room as its weight; -1 where none has any. */
function drawn(weights: number[], number: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let last = -1;
  let passed = 0;
  for (const [place, weight] of weights.entries()) {
    if (weight === 0) continue;
    last = place;
    passed += weight;
    if (passed > number * total) break;
  }
  return last;
}

function middlesOf(points: Position[], groups: number[], before: Position[]): Position[] {
  const sums = before.map(() => ({ x: 0, y: 0, size: 0 }));
  for (const [place, { x, y }] of points.entries()) {
    const sum = sums[groups[place] ?? 0];
    if (!sum) continue;
    sum.x += x;
    sum.y += y;
    sum.size += 1;
  }
  return sums.map(({ x, y, size }, group) =>
    size === 0 ? (before[group] ?? { x: 0, y: 0 }) : { x: x / size, y: y / size },
  );
}

function nearest(middles: Position[], point: Position): number {
  let group = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [place, middle] of middles.entries()) {
    const square = squareBetween(point, middle);
    if (square < least) [group, least] = [place, square];
  }
  return group;
}

function squareBetween(one: Position, other: Position): number {
  return (one.x - other.x) ** 2 + (one.y - other.y) ** 2;
}

function largestFirst(groups: number[]): number[] {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const order = [...sizes].sort(([a, one], [b, other]) => other - one || a - b).map(([group]) => group);
  const numbers = new Map(order.map((group, number) => [group, number]));
  return groups.map((group) => numbers.get(group) ?? 0);
}
