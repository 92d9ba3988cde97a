import type { PageMark } from '../../types.js';
import { isListItem } from '../reflow.js';
import type { PrintedPage } from './pdf-pages.js';

/** Where lines are so much shorter than the column, they end there on purpose. */
const SHORT_LINE = 0.8;
const VERY_SHORT_LINE = 0.6;
/** The column is as wide as all but the longest tenth of the lines of a page. */
const COLUMN_PERCENTILE = 0.9;
/** A page of fewer lines has no column that a line could fill. */
const MIN_COLUMN_LINES = 4;
/** A line at the edge of so many pages is a running head or foot if it has a number in it, else of this share of them. */
const RUNNING = { minPages: 3, share: 0.3, maxLines: 3 };

const SENTENCE_END = /[.!?:…。！？]["'”’»)\]\d]*$/u;
const PARTED_WORD = /(?<head>\p{L}+)[-\u2010\u00AD]$/u;
const LINE_END_HYPHEN = /\p{L}[-\u2010\u00AD]$/u;

interface Line {
  text: string;
  isAfterGap: boolean;
  page: number;
  /** How long the lines of its page are. */
  column: number;
  /** How many lines its page has. */
  pageLines: number;
}

/**
 * A PDF's text: lines joined to paragraphs (also over the end of a page), words that were parted at a line's
 * end mended, running heads and page numbers left out; and where each page begins in it.
 */
export function joinPages(pages: PrintedPage[]): { text: string; pages: PageMark[] } {
  const lines = withoutRunningLines(pages).flatMap(({ page, lines: printed }) => {
    const column = columnOf(printed.map(({ text }) => text.length));
    return printed.map((line): Line => ({ ...line, page, column, pageLines: printed.length }));
  });
  const compounds = new Set(lines.flatMap(({ text }) => text.toLowerCase().match(/\p{L}+-\p{L}+/gu) ?? []));
  const marks: PageMark[] = [];
  const parts: string[] = [];
  let offset = 0;
  const add = (part: string) => {
    parts.push(part);
    offset += part.length;
  };
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    const next = lines[i + 1];
    if (before) add(spaceBetween(before, line));
    if (line.page !== before?.page) marks.push({ offset, page: line.page });
    const losesHyphen =
      next !== undefined && !beginsParagraph(next, line) && isParted(line.text, next.text, compounds);
    add(losesHyphen ? line.text.slice(0, -1) : line.text);
  }
  return { text: parts.join(''), pages: marks };
}

function spaceBetween(before: Line, line: Line): string {
  if (beginsParagraph(line, before)) return '\n\n';
  return LINE_END_HYPHEN.test(before.text) ? '' : ' ';
}

function beginsParagraph(line: Line, before: Line): boolean {
  const isLower = /^\p{Ll}/u.test(line.text);
  const ended = SENTENCE_END.test(before.text);
  const width = before.text.length / before.column;
  if (isListItem(line.text)) return true;
  if (LINE_END_HYPHEN.test(before.text) && isLower) return false;
  if (line.page !== before.page)
    return ended || (!isLower && (width < SHORT_LINE || before.pageLines < MIN_COLUMN_LINES));
  // The top of the next column is far from the foot of this one, and yet goes on.
  if (line.isAfterGap) return !isLower || ended;
  if (ended) return width < SHORT_LINE;
  return !isLower && width < VERY_SHORT_LINE;
}

/** True for a word that was parted at the line's end, false for a compound that has its hyphen anywhere. */
function isParted(line: string, next: string, compounds: Set<string>): boolean {
  const head = PARTED_WORD.exec(line)?.groups?.head;
  const tail = /^\p{Ll}+/u.exec(next)?.[0];
  return head !== undefined && tail !== undefined && !compounds.has(`${head}-${tail}`.toLowerCase());
}

function columnOf(lengths: number[]): number {
  const sorted = lengths.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * COLUMN_PERCENTILE)] || 1;
}

/** Heads and feet may have several lines: each round takes those at the edge. */
function withoutRunningLines(pages: PrintedPage[]): PrintedPage[] {
  let rest = pages.filter(({ lines }) => lines.length > 0);
  for (let round = 0; round < RUNNING.maxLines; round += 1) rest = withoutRunningEdges(rest);
  return rest;
}

function withoutRunningEdges(pages: PrintedPage[]): PrintedPage[] {
  const counts = new Map<string, number>();
  for (const { lines } of pages) {
    const edges = new Set([lines.at(0), lines.at(-1)].map((line) => runningKey(line?.text ?? '')));
    for (const key of edges) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const least = Math.max(RUNNING.minPages, pages.length * RUNNING.share);
  const isRunning = (text = '') => {
    const key = runningKey(text);
    return (counts.get(key) ?? 0) >= (key.includes('#') ? RUNNING.minPages : least);
  };
  return pages.map((page) => {
    const start = page.lines.length > 1 && isRunning(page.lines[0]?.text) ? 1 : 0;
    const end = page.lines.length > start + 1 && isRunning(page.lines.at(-1)?.text) ? -1 : undefined;
    return { ...page, lines: page.lines.slice(start, end) };
  });
}

function runningKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/\d+|\b[ivxlc]+\b/g, '#')
    .replace(/\s+/g, '');
}
