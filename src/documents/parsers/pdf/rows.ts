import type { Segment } from './segments.js';

/** Baselines that differ by less, in parts of the size, are of one row. */
export const SAME_ROW = 0.25;

/** Segments by their baselines, from top to bottom. */
export function rowsOf(region: Segment[], size: number): Segment[][] {
  const rows: Segment[][] = [];
  for (const segment of region.toSorted((a, b) => a.baseline - b.baseline)) {
    const last = rows.at(-1);
    if (last && segment.baseline - heightOf(last) <= SAME_ROW * size) last.push(segment);
    else rows.push([segment]);
  }
  return rows;
}

/** The baseline of a row. */
export function heightOf(row: Segment[]): number {
  return row[0]?.baseline ?? 0;
}
