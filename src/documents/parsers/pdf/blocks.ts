import { columnsOf, MIN_ROWS } from './columns.js';
import { areMostlyRightToLeft } from './line-text.js';
import { commonSize, type Segment } from './segments.js';
import { aroundSpanning } from './spanning.js';

/** A page with more runs of words than this is a drawing: it is read from top to bottom. */
const MAX_SEGMENTS = 10_000;
const MAX_DEPTH = 12;
const MAX_BANDS = 40;
/** White space so high, in parts of the common size, parts a page into bands. */
const BAND_GAP = 0.7;

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
    if (isWhole && wasWhole) for (const segment of band[0] ?? []) blocks.at(-1)?.push(segment);
    else for (const segments of band) blocks.push([...segments]);
    wasWhole = isWhole;
  }
  return blocks;
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
