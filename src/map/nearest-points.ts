/** Points one behind the other, `width` numbers each. */
export interface Points {
  width: number;
  coordinates: Float32Array;
}

/** The nearest of a set of points to one, the nearest first. */
export interface NearPoints {
  /** Which of the points. */
  places: number[];
  distances: number[];
}

/** The `count` points of a set that are nearest to a point, by comparing all of them; ties go by their places. */
export function nearestPoints(
  point: Float32Array,
  { width, coordinates }: Points,
  count: number,
): NearPoints {
  const places: number[] = [];
  const squares: number[] = [];
  let limit = Number.POSITIVE_INFINITY;
  const total = coordinates.length / width;
  for (let place = 0; place < total; place++) {
    const square = squaredDistance(point, coordinates, place * width, limit);
    if (square >= limit) continue;
    let at = places.length;
    while (at > 0 && (squares[at - 1] as number) > square) at--;
    places.splice(at, 0, place);
    squares.splice(at, 0, square);
    if (places.length > count) {
      places.pop();
      squares.pop();
    }
    if (places.length === count) limit = squares[count - 1] as number;
  }
  return { places, distances: squares.map(Math.sqrt) };
}

/** Given up, for any number from the limit on, as soon as it is reached. */
function squaredDistance(
  point: Float32Array,
  coordinates: Float32Array,
  from: number,
  limit: number,
): number {
  const { length } = point;
  let sum = 0;
  // The first axes tell the most: most points are ruled out by them.
  for (let start = 0; start < length && sum < limit; start += 8) {
    const end = Math.min(start + 8, length);
    for (let i = start; i < end; i++) {
      const difference = (point[i] as number) - (coordinates[from + i] as number);
      sum += difference * difference;
    }
  }
  return sum;
}
