import type { Segment } from './segments.js';

/** A page's text before it is put in order, and the edges of the page across its lines. */
export interface PageSegments {
  page: number;
  segments: Segment[];
  top: number;
  bottom: number;
}

/** Running heads and feet are in so much of the height of a page, at its edges, and have so many rows. */
const BAND = 0.12;
const MAX_ROWS = 3;
/** The same text at the same height on so many pages is running. */
const MIN_PAGES = 3;
/** Heights that differ by less, in parts of the size, are the same. */
const SAME_HEIGHT = 1;
const SAME_ROW = 0.3;

const PAGE_NUMBER =
  /^\W*(?:(?:page|seite|pagina|página|side|sida|strona|p|s)\b\W*)?(?<page>\d{1,5})(?:\s*(?:\/|\||of|von|de|di|van|av|z)\s*(?<total>\d{1,5}))?\W*$/iu;

/** A row with a page number and more characters than this is text. */
const MAX_LENGTH = 120;
const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

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
 * several pages with the same words, whatever the numbers in them; and numbers that are the page's own.
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
        const isOwnNumber = i === 0 && total > 1 && isNumberOf(row.text, page, total);
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
  const depth = BAND * (bottom - top);
  const near = segments.filter(({ baseline }) => (baseline - edge) * inward <= depth);
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
    const text = texts.join(' ');
    return {
      segments: row,
      baseline: row[0]?.baseline ?? 0,
      size: row[0]?.size ?? 0,
      text,
      keys: keysOf(text, page),
    };
  });
}

function isRepeated({ baseline, size }: EdgeRow, heights: number[]): boolean {
  let same = 0;
  return heights.some((other) => {
    if (Math.abs(other - baseline) <= SAME_HEIGHT * size) same += 1;
    return same >= MIN_PAGES;
  });
}

function isNumberOf(text: string, page: number, total: number): boolean {
  const groups = text.length > MAX_LENGTH ? null : PAGE_NUMBER.exec(text)?.groups;
  if (!groups || Number(groups.page) !== page) return false;
  return groups.total === undefined || Number(groups.total) === total;
}

function keysOf(text: string, page: number): string[] {
  const words = text
    .toLowerCase()
    .replace(/\d+|\b[ivxlc]+\b/g, '#')
    .replace(/\s+/g, '');
  // `xiv PREFACE` and `PREFACE xv` are as far off the numbers of their pages as those of other chapters.
  const numbers = text.length > MAX_LENGTH ? [] : [/^\W*(\w+)/.exec(text)?.[1], /(\w+)\W*$/.exec(text)?.[1]];
  const offsets = numbers
    .map((word) => numberOf(word ?? '') - page)
    .filter((offset) => !Number.isNaN(offset));
  return [words, ...new Set(offsets.map((offset) => `page number ${offset}`))];
}

function numberOf(word: string): number {
  if (/^\d{1,5}$/.test(word)) return Number(word);
  if (!/^[ivxlc]{1,9}$/.test(word.toLowerCase())) return Number.NaN;
  const values = [...word.toLowerCase()].map((letter) => ROMAN[letter] ?? 0);
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0);
}
