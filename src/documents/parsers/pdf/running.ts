import { countedEdges, countedWords, isNumberOfPage } from './page-numbers.js';
import { commonSize, type Segment } from './segments.js';

/** A page's text before it is put in order, and the edges of the page across its lines. */
export interface PageSegments {
  page: number;
  segments: Segment[];
  top: number;
  bottom: number;
}

/** Running heads and feet are the first and last rows of a page, so many at most, in so much of its height. */
const BAND = 0.15;
const MAX_ROWS = 3;
/** Those that have other words on each page are in type that is no larger than the text's. */
const LARGER = 1.1;
/** The same text at the same height on so many pages is running. */
const MIN_PAGES = 3;
/** Heights that differ by less, in parts of the size, are the same. */
const SAME_HEIGHT = 0.5;
const SAME_ROW = 0.3;

interface EdgeRow {
  segments: Segment[];
  baseline: number;
  size: number;
  text: string;
  /** What it has in common with the same row of other pages: its words, or the number of the page in it. */
  keys: string[];
}

/**
 * What is printed on every page around the text: rows at the upper or lower edge that stand at the same height on
 * several pages with the same words, the numbers of the pages aside, or with these beside other words; and numbers
 * that are a page's own. Other numbers are not set aside: the heads of letters and bills differ by nothing else.
 *
 * @returns those segments; nothing inward of a row that is not running is.
 */
export function runningSegments(pages: PageSegments[], total: number): Set<Segment> {
  const running = new Set<Segment>();
  for (const side of ['top', 'bottom'] as const) {
    const rows = pages.map((page) => ({ page: page.page, rows: edgeRows(page, side) }));
    const heights = new Map<string, number[]>();
    for (const { keys, baseline } of rows.flatMap((page) => page.rows)) {
      for (const key of keys) {
        const known = heights.get(key);
        if (known) known.push(baseline);
        else heights.set(key, [baseline]);
      }
    }
    for (const { page, rows: edge } of rows) {
      for (const [i, row] of edge.entries()) {
        const isOwnNumber = i === 0 && total > 1 && isNumberOfPage(row.text, page, total);
        if (!isOwnNumber && !row.keys.some((key) => isRepeated(row, heights.get(key) ?? []))) break;
        for (const segment of row.segments) running.add(segment);
      }
    }
  }
  return running;
}

/** Rows from the edge inwards. */
function edgeRows({ page, segments, top, bottom }: PageSegments, side: 'top' | 'bottom'): EdgeRow[] {
  const inward = side === 'top' ? 1 : -1;
  const edge = side === 'top' ? top : bottom;
  const largest = LARGER * commonSize(segments);
  const near = segments.filter((segment) => (segment.baseline - edge) * inward <= BAND * (bottom - top));
  near.sort((a, b) => (a.baseline - b.baseline) * inward || a.left - b.left);
  const rows: Segment[][] = [];
  for (const segment of near) {
    const last = rows.at(-1);
    if (last?.[0] && Math.abs(segment.baseline - last[0].baseline) <= SAME_ROW * segment.size)
      last.push(segment);
    else if (rows.length === MAX_ROWS) break;
    else rows.push([segment]);
  }
  return rows.map((row) => {
    const texts = row
      .toSorted((a, b) => a.left - b.left)
      .flatMap(({ pieces }) => pieces.map((piece) => piece.text));
    const text = texts.join(' ').toLowerCase();
    const isSmall = row.every((each) => each.size <= largest);
    const keys = [text, ...countedWords(text, page), ...(isSmall ? countedEdges(text, page) : [])];
    return { segments: row, baseline: row[0]?.baseline ?? 0, size: row[0]?.size ?? 0, text, keys };
  });
}

function isRepeated({ baseline, size }: EdgeRow, heights: number[]): boolean {
  let same = 0;
  return heights.some((other) => {
    if (Math.abs(other - baseline) <= SAME_HEIGHT * size) same += 1;
    return same >= MIN_PAGES;
  });
}
