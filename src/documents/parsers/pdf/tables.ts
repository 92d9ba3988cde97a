import type { Cell } from './line-text.js';

const MIN_ROWS = 2;
/** Cells further apart than this, in sizes, are no stretched prose: such a line is a row even alone. */
const APART = 4;
/** So many of the gaps between a line's cells are above or below one of its neighbour's. */
const SHARED_GAPS = 0.6;
/** Cells that stand below each other begin, end or have their middle at the same place, give or take this, in sizes. */
const ALIGNED = 0.4;

/** Which of the lines of a block are rows: neighbours whose cells stand below each other, and lines with wide gaps. */
export function tableRows(lines: Cell[][], size: number): boolean[] {
  const marks = lines.map((cells) => gapsOf(cells).some(({ left, right }) => right - left > APART * size));
  let start = 0;
  for (const i of [...lines.keys(), lines.length]) {
    const [before, line] = [lines[i - 1], lines[i]];
    if (before && line && areRows(before, line, ALIGNED * size)) continue;
    if (i - start >= MIN_ROWS) marks.fill(true, start, i);
    start = i;
  }
  return marks;
}

/** In lines of prose that are stretched to fill their column, the gaps stand anywhere. */
function areRows(above: Cell[], below: Cell[], distance: number): boolean {
  const [gaps, others] = [gapsOf(above), gapsOf(below)];
  const [fewer, more] = gaps.length <= others.length ? [gaps, others] : [others, gaps];
  const shared = fewer.filter((gap) => more.some((other) => areAligned(gap, other, distance)));
  return fewer.length > 0 && shared.length >= SHARED_GAPS * more.length;
}

interface Gap {
  left: number;
  right: number;
  next: Cell;
}

function areAligned(a: Gap, b: Gap, distance: number): boolean {
  if (a.left >= b.right || b.left >= a.right) return false;
  const places = ({ next: { left, right } }: Gap) => [left, right, (left + right) / 2];
  const others = places(b);
  return places(a).some((place, i) => Math.abs(place - (others[i] ?? 0)) <= distance);
}

function gapsOf(cells: Cell[]): Gap[] {
  const sorted = cells.toSorted((a, b) => a.left - b.left);
  return sorted.slice(1).map((next, i) => ({ left: sorted[i]?.right ?? next.left, right: next.left, next }));
}
