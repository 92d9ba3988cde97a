import { groupBy } from '../../../group-by.js';
import { blocksOf } from './blocks.js';
import { type Cell, cellsOfLine } from './line-text.js';
import type { TextPiece } from './pieces.js';
import { areOnOneLine, commonSize, join, type Segment } from './segments.js';
import { tableRows } from './tables.js';

/** A line as it is printed, and its place in its block (a column, or the whole width of a page). */
export interface PrintedLine {
  text: string;
  left: number;
  right: number;
  baseline: number;
  size: number;
  /** A row of a table: its cells are parted in the text. */
  isRow: boolean;
  block: Block;
}

/** A column or another part of a page whose lines follow each other downwards. */
export interface Block {
  left: number;
  right: number;
  /** The distance between its baselines that is usual; 0 for too few lines to tell. */
  pitch: number;
}

/** A large letter that begins a paragraph and reaches down over several lines. */
const INITIAL = { ratio: 2, letters: 2, lines: 8, gap: 1 };
/** A column is as wide as all but the longest tenth of its lines: an address or a formula may stand out of it. */
const COLUMN_PERCENTILE = 0.9;
const MIN_LINES_FOR_PITCH = 4;
const CELL_SEPARATOR = ' | ';
/** In a table of contents dots lead from a title to its page. Longer lines are none of its entries. */
const LEADER = /\s*(?:[.…·] ?){4,}[\s|]*(?=\S{1,8}$)/u;
const MAX_ENTRY = 500;
/** Smaller type below a gap at the foot of a column is a note to the page. */
const FOOTNOTE = { size: 0.93, gap: 1.3 };

/** The lines of text of one direction on a page, in reading order; notes at the foot of a column come last. */
export function linesOf(segments: Segment[]): PrintedLine[] {
  const size = commonSize(segments);
  const blocks = blocksOf(segments).map(linesOfBlock);
  const notes: PrintedLine[] = [];
  const lines = blocks.flatMap((block, i) => {
    const start = i === blocks.length - 1 ? block.length : startOfNotes(block, size);
    notes.push(...block.slice(start));
    return block.slice(0, start);
  });
  return [...lines, ...notes];
}

function startOfNotes(lines: PrintedLine[], size: number): number {
  let start = lines.length;
  while (start > 0 && (lines[start - 1]?.size ?? size) <= FOOTNOTE.size * size) start -= 1;
  const [before, first] = [lines[start - 1], lines[start]];
  const isApart = before && first && first.baseline - before.baseline > FOOTNOTE.gap * before.size;
  return isApart ? start : lines.length;
}

function linesOfBlock(segments: Segment[]): PrintedLine[] {
  const rows = rowsOf(segments);
  const isRow = tableRows(
    rows.map(({ cells }) => cells),
    commonSize(segments),
  );
  const block: Block = {
    left: rows.reduce((least, { left }) => Math.min(least, left), Number.POSITIVE_INFINITY),
    right: usualRight(rows),
    pitch: pitchOf(rows),
  };
  return rows.map(({ cells, left, right, baseline, size }, i) => {
    const line = cells.map(({ text }) => text).join(isRow[i] ? CELL_SEPARATOR : ' ');
    const text = line.length > MAX_ENTRY ? line : line.replace(LEADER, CELL_SEPARATOR);
    return { text, left, right, baseline, size, isRow: isRow[i] === true || text !== line, block };
  });
}

type Row = Pick<Segment, 'left' | 'right' | 'baseline' | 'size'> & { cells: Cell[] };

function rowsOf(segments: Segment[]): Row[] {
  const size = commonSize(segments);
  const isInitial = (segment: Segment) =>
    segment.length <= INITIAL.letters && segment.size >= INITIAL.ratio * size;
  const rows: Segment[] = [];
  const text = segments.filter((segment) => !isInitial(segment));
  for (const segment of text.toSorted((a, b) => a.baseline - b.baseline || a.left - b.left)) {
    const last = rows.at(-1);
    if (last && areOnOneLine(last, segment)) join(last, segment);
    else rows.push({ ...segment, pieces: [...segment.pieces] });
  }
  const beside: { row: Segment; pieces: TextPiece[] }[] = [];
  const alone: Segment[] = [];
  let start = 0;
  for (const initial of segments.filter(isInitial).sort((a, b) => a.top - b.top)) {
    while ((rows[start]?.baseline ?? Number.POSITIVE_INFINITY) <= initial.top) start += 1;
    const row = rows.slice(start, start + INITIAL.lines).find((each) => isBeside(initial, each));
    if (row) beside.push({ row, pieces: initial.pieces });
    else alone.push(initial);
  }
  const initials = groupBy(beside, ({ row }) => row);
  return [...rows, ...alone]
    .sort((a, b) => a.baseline - b.baseline)
    .map((row) => {
      const pieces = (initials.get(row) ?? []).flatMap((initial) => initial.pieces);
      return { ...row, cells: withInitial(pieces, cellsOfLine(row.pieces)) };
    });
}

function isBeside(initial: Segment, { left, baseline, size }: Segment): boolean {
  const gap = left - initial.right;
  return Math.abs(gap) <= INITIAL.gap * size && baseline <= initial.baseline + size;
}

function withInitial(initial: TextPiece[], [first, ...others]: Cell[]): Cell[] {
  return first ? [{ ...first, text: initial.map(({ text }) => text).join('') + first.text }, ...others] : [];
}

function usualRight(rows: Row[]): number {
  const sorted = rows.map(({ right }) => right).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * COLUMN_PERCENTILE)] ?? 0;
}

function pitchOf(rows: Row[]): number {
  if (rows.length < MIN_LINES_FOR_PITCH) return 0;
  const pitches = rows.slice(1).map(({ baseline }, i) => baseline - (rows[i]?.baseline ?? 0));
  return pitches.sort((a, b) => a - b)[Math.floor((pitches.length - 1) / 2)] ?? 0;
}
