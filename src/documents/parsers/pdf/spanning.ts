import { columnsOf, TALL } from './columns.js';
import { rowsOf } from './rows.js';
import { commonSize, type Segment } from './segments.js';

/** So many of the rows of a region may run across the gutter between its columns. */
const MAX_SPANNING = 0.5;
const MAX_GUTTERS = 5;

/** Parts a region at the rows that run across its gutter: what is between them has columns. */
export function aroundSpanning(region: Segment[]): Segment[][] {
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
