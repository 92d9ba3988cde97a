import type { Point } from './camera.js';

/** Cells in each direction; the map lies between -1 and 1. */
const CELLS = 64;

/** Which points lie where: those of a region are found without looking at all. */
export class PointGrid {
  readonly #x: ArrayLike<number>;
  readonly #y: ArrayLike<number>;
  readonly #cells: number[][] = Array.from({ length: CELLS * CELLS }, () => []);

  constructor(x: ArrayLike<number>, y: ArrayLike<number>) {
    this.#x = x;
    this.#y = y;
    for (let place = 0; place < x.length; place++)
      this.#cells[cellOf(y[place] ?? 0) * CELLS + cellOf(x[place] ?? 0)]?.push(place);
  }

  /** The points between two corners. */
  within(low: Point, high: Point): number[] {
    const found: number[] = [];
    for (let row = cellOf(low.y); row <= cellOf(high.y); row++) {
      for (let column = cellOf(low.x); column <= cellOf(high.x); column++) {
        for (const place of this.#cells[row * CELLS + column] ?? []) {
          const [x, y] = [this.#x[place] ?? 0, this.#y[place] ?? 0];
          if (x >= low.x && x <= high.x && y >= low.y && y <= high.y) found.push(place);
        }
      }
    }
    return found;
  }

  /** The nearest point within a distance; null where there is none. */
  nearest({ x, y }: Point, distance: number): number | null {
    let nearest: number | null = null;
    let least = distance * distance;
    const corner = (by: number): Point => ({ x: x + by, y: y + by });
    for (const place of this.within(corner(-distance), corner(distance))) {
      const square = ((this.#x[place] ?? 0) - x) ** 2 + ((this.#y[place] ?? 0) - y) ** 2;
      if (square <= least) [nearest, least] = [place, square];
    }
    return nearest;
  }
}

function cellOf(coordinate: number): number {
  return Math.min(CELLS - 1, Math.max(0, Math.floor(((coordinate + 1) / 2) * CELLS)));
}
