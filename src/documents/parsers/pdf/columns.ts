import { heightOf, rowsOf, SAME_ROW } from './rows.js';
import { commonSize, type Segment } from './segments.js';

/** White space so wide, in parts of the common size, parts columns; in a tall region less of it does. */
const GUTTER = 1.2;
export const TALL = { rows: 8, gutter: 0.8 };
/** A column has at least so many rows. */
export const MIN_ROWS = 2;
/** Where so many of the rows of two columns are at the same heights, and not both are prose, they are a table. */
const ALIGNED = 0.7;
const OTHER_SIZE = 0.88;
const BULLET = /^[•‣◦▪●○■□➢✓]/u;
const BULLETED = 0.5;
/** A column of prose has rows of so many characters. */
const PROSE_ROW = 20;

/** The columns of a region from left to right; one, if it has no gutter from top to bottom, or is a table. */
export function columnsOf(region: Segment[]): Segment[][] {
  const size = commonSize(region);
  const gutter = (rowsOf(region, size).length >= TALL.rows ? TALL.gutter : GUTTER) * size;
  let columns: Segment[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const segment of region.toSorted((a, b) => a.left - b.left)) {
    if (segment.left - right >= gutter) columns.push([]);
    columns.at(-1)?.push(segment);
    right = Math.max(right, segment.right);
  }
  columns = withoutStrays(columns, size);
  const kept: Segment[][] = [];
  for (const [i, column] of columns.entries()) {
    const before = columns[i - 1];
    if (before && areTable(before, column, size)) kept.at(-1)?.push(...column);
    else kept.push([...column]);
  }
  return kept;
}

/** What has too few rows to be a column belongs to the nearer of its neighbours. */
function withoutStrays(columns: Segment[][], size: number): Segment[][] {
  const kept: Segment[][] = [];
  let waiting: Segment[] = [];
  for (const [i, column] of columns.entries()) {
    if (rowsOf(column, size).length >= MIN_ROWS) {
      kept.push([...waiting, ...column]);
      waiting = [];
      continue;
    }
    const before = kept.at(-1);
    const toNext = edge(columns[i + 1] ?? [], 'left') - edge(column, 'right');
    const toLast = edge(column, 'left') - edge(before ?? [], 'right');
    if (before && (toLast <= toNext || i === columns.length - 1))
      before.push(...waiting.splice(0), ...column);
    else waiting.push(...column);
  }
  return waiting.length > 0 ? [...kept, waiting] : kept;
}

function edge(column: Segment[], side: 'left' | 'right'): number {
  if (side === 'left')
    return column.reduce((least, { left }) => Math.min(least, left), Number.POSITIVE_INFINITY);
  return column.reduce((most, { right }) => Math.max(most, right), Number.NEGATIVE_INFINITY);
}

function areTable(a: Segment[], b: Segment[], size: number): boolean {
  // Notes at the side are smaller than the text, and lists have marks of their own: neither is a table's column.
  const [large, small] = [commonSize(a), commonSize(b)].sort((x, y) => y - x);
  if ((small ?? 0) < OTHER_SIZE * (large ?? 0) || isBulleted(a) || isBulleted(b)) return false;
  const [one, other] = [rowsOf(a, size), rowsOf(b, size)];
  const [fewer, more] = one.length <= other.length ? [one, other] : [other, one];
  const heights = more.map(heightOf);
  const aligned = fewer.filter((row) => hasNear(heights, heightOf(row), SAME_ROW * size)).length;
  return aligned >= ALIGNED * fewer.length && !(isProse(one) && isProse(other));
}

function isBulleted(column: Segment[]): boolean {
  return column.filter(({ pieces }) => BULLET.test(pieces[0]?.text ?? '')).length >= BULLETED * column.length;
}

function isProse(rows: Segment[][]): boolean {
  const lengths = rows.map((row) => row.reduce((sum, { length }) => sum + length, 0)).sort((a, b) => a - b);
  return (lengths[Math.floor(lengths.length / 2)] ?? 0) >= PROSE_ROW;
}

/** True if an ascending list has a number that is no further off. */
function hasNear(sorted: number[], value: number, distance: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value - distance) low = middle + 1;
    else high = middle;
  }
  return (sorted[low] ?? Number.POSITIVE_INFINITY) <= value + distance;
}
