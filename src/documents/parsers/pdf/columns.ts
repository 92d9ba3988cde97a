import { areMostlyRightToLeft } from './line-text.js';
import { commonSize, type Segment } from './segments.js';

/** A page with more runs of words than this is a drawing: it is read from top to bottom. */
const MAX_SEGMENTS = 10_000;
const MAX_DEPTH = 12;
const MAX_BANDS = 40;
/** White space so wide, in parts of the common size, parts columns; in a tall region less of it does. */
const GUTTER = 1.2;
const TALL = { rows: 8, gutter: 0.8 };
/** White space so high parts a page into bands. */
const BAND_GAP = 0.7;
/** Baselines that differ by less are of one row. */
const SAME_ROW = 0.25;
/** A column has at least so many rows. */
const MIN_ROWS = 2;
/** Where so many of the rows of two columns are at the same heights, and not both are prose, they are a table. */
const ALIGNED = 0.7;
/** A column of prose has rows of so many characters. */
const PROSE_ROW = 20;
/** So many rows at most may run across the gutter between columns. */
const MAX_SPANNING = 0.5;
const MAX_GUTTERS = 5;

/**
 * The blocks of a page in reading order. A region is parted into columns where white space runs down all of it; else
 * into bands, where white space runs across it; else at the rows that run across a gutter (titles, wide captions).
 * What stands side by side row by row, as a table's cells do, stays in one block.
 *
 * After the recursive cuts of Nagy and Seth, Hierarchical representation of optically scanned documents (1984).
 */
export function blocksOf(segments: Segment[]): Segment[][] {
  if (segments.length > MAX_SEGMENTS) return [segments];
  return part(segments, MAX_DEPTH);
}

function part(region: Segment[], depth: number): Segment[][] {
  if (region.length <= MIN_ROWS || depth === 0) return [region];
  const columns = columnsOf(region);
  if (columns.length > 1) {
    const fromRight = areMostlyRightToLeft(region.flatMap(({ pieces }) => pieces));
    return (fromRight ? columns.reverse() : columns).flatMap((column) => part(column, depth - 1));
  }
  const bands = bandsOf(region);
  if (bands.length > 1) return withoutNeedlessCuts(bands.map((band) => part(band, depth - 1)));
  const parts = aroundSpanning(region);
  return parts.length > 1 ? withoutNeedlessCuts(parts.map((each) => part(each, depth - 1))) : [region];
}

/** Bands that were not parted further follow each other anyway. */
function withoutNeedlessCuts(bands: Segment[][][]): Segment[][] {
  const blocks: Segment[][] = [];
  let wasWhole = false;
  for (const band of bands) {
    const isWhole = band.length === 1;
    if (isWhole && wasWhole) blocks.push([...(blocks.pop() ?? []), ...(band[0] ?? [])]);
    else blocks.push(...band);
    wasWhole = isWhole;
  }
  return blocks;
}

/** The columns of a region from left to right; one, if it has no gutter from top to bottom, or is a table. */
function columnsOf(region: Segment[]): Segment[][] {
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
  const [one, other] = [rowsOf(a, size), rowsOf(b, size)];
  const [fewer, more] = one.length <= other.length ? [one, other] : [other, one];
  const heights = more.map(heightOf);
  const aligned = fewer.filter((row) => hasNear(heights, heightOf(row), SAME_ROW * size)).length;
  return aligned >= ALIGNED * fewer.length && !(isProse(one) && isProse(other));
}

function isProse(rows: Segment[][]): boolean {
  const lengths = rows.map((row) => row.reduce((sum, { length }) => sum + length, 0)).sort((a, b) => a - b);
  return (lengths[Math.floor(lengths.length / 2)] ?? 0) >= PROSE_ROW;
}

function heightOf(row: Segment[]): number {
  return row[0]?.baseline ?? 0;
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

/** The segments of a region by their baselines, from top to bottom. */
function rowsOf(region: Segment[], size: number): Segment[][] {
  const rows: Segment[][] = [];
  for (const segment of region.toSorted((a, b) => a.baseline - b.baseline)) {
    const last = rows.at(-1);
    if (last && segment.baseline - heightOf(last) <= SAME_ROW * size) last.push(segment);
    else rows.push([segment]);
  }
  return rows;
}

/** Parts a region where white space runs across it, but not where the same columns go on below. */
function bandsOf(region: Segment[]): Segment[][] {
  const size = commonSize(region);
  const sorted = region.toSorted((a, b) => a.top - b.top);
  const gaps: { index: number; height: number }[] = [];
  let bottom = sorted[0]?.bottom ?? 0;
  for (const [index, segment] of sorted.entries()) {
    if (segment.top - bottom >= BAND_GAP * size) gaps.push({ index, height: segment.top - bottom });
    bottom = Math.max(bottom, segment.bottom);
  }
  const cuts = gaps
    .sort((a, b) => b.height - a.height)
    .slice(0, MAX_BANDS)
    .map(({ index }) => index)
    .sort((a, b) => a - b);
  const bands = [0, ...cuts].map((start, i) => sorted.slice(start, cuts[i]));
  const joined: Segment[][] = [];
  for (const [i, band] of bands.entries()) {
    const before = joined.at(-1);
    const isEdge = i === 1 || i === bands.length - 1;
    if (before && goOn(before, band, isEdge)) before.push(...band);
    else joined.push(band);
  }
  return joined;
}

function goOn(above: Segment[], below: Segment[], isEdge: boolean): boolean {
  const columns = columnsOf([...above, ...below]);
  if (columns.length < 2) return false;
  // A head or foot of a page with something at the left and something at the right is no column.
  const isAcross = (band: Segment[]) => {
    const members = new Set(band);
    const touched = columns.filter((column) => column.some((segment) => members.has(segment)));
    return touched.length > 1 && columnsOf(band).length < 2;
  };
  return !isEdge || (!isAcross(above) && !isAcross(below));
}

/** Parts a region at the rows that run across its gutter: what is between them has columns. */
function aroundSpanning(region: Segment[]): Segment[][] {
  const size = commonSize(region);
  const sorted = region.toSorted((a, b) => a.baseline - b.baseline);
  let best = { parts: [region], rows: 0 };
  for (const gutter of guttersOf(region, size)) {
    const found = partsAround(sorted, gutter, size);
    if (found.parts.length > 1 && found.rows > best.rows) best = found;
  }
  return best.parts;
}

function partsAround(sorted: Segment[], gutter: number, size: number): { parts: Segment[][]; rows: number } {
  const reach = (TALL.gutter / 2) * size;
  const isSpanning = ({ left, right }: Segment) => left < gutter + reach && right > gutter - reach;
  const runs: { isSpanning: boolean; segments: Segment[] }[] = [];
  for (const row of rowsOf(sorted, size)) {
    const spans = row.some(isSpanning);
    const last = runs.at(-1);
    if (last?.isSpanning === spans) last.segments.push(...row);
    else runs.push({ isSpanning: spans, segments: [...row] });
  }
  const parts: Segment[][] = [];
  let rows = 0;
  let wasWhole = false;
  for (const run of runs) {
    const isWhole = run.isSpanning || columnsOf(run.segments).length < 2;
    if (isWhole && wasWhole) parts.at(-1)?.push(...run.segments);
    else parts.push(run.segments);
    if (!isWhole) rows += rowsOf(run.segments, size).length;
    wasWhole = isWhole;
  }
  return { parts, rows };
}

/** The middles of the white spaces that the fewest rows run across, best first. */
function guttersOf(region: Segment[], size: number): number[] {
  const edges = region.flatMap(({ left, right }) => [
    { at: left, change: 1 },
    { at: right, change: -1 },
  ]);
  edges.sort((a, b) => a.at - b.at || a.change - b.change);
  const most = MAX_SPANNING * rowsOf(region, size).length;
  const gutters: { at: number; across: number }[] = [];
  let across = 0;
  for (const [i, { at, change }] of edges.entries()) {
    across += change;
    const end = edges[i + 1]?.at ?? at;
    if (across > 0 && across <= most && end - at >= TALL.gutter * size)
      gutters.push({ at: (at + end) / 2, across });
  }
  gutters.sort((a, b) => a.across - b.across);
  return gutters.slice(0, MAX_GUTTERS).map(({ at }) => at);
}
