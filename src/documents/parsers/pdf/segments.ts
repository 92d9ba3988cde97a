import type { TextPiece } from './pieces.js';

/** Pieces that stand so close to each other that they are one run of words. */
export interface Segment {
  pieces: TextPiece[];
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Of the size that most of its letters have. */
  baseline: number;
  size: number;
  /** How many characters it has. */
  length: number;
}

/** Letters reach so far over and under their baseline, in parts of their size. */
const ASCENT = 0.75;
const DESCENT = 0.22;
/** Words of one line are nearer than this to each other, and may overlap so far; in parts of their size. */
const WORD_GAP = 0.65;
/** How much of the lower of two boxes must be beside the other one to be on its line. */
const SAME_LINE = 0.5;
/** Baselines of one line that was not drawn in one go differ by less, in parts of the size. */
const SAME_BASELINE = 0.15;
/** A letter so much larger than its neighbour is an initial over several lines. */
const INITIAL_RATIO = 2;

/** Pieces, in the order in which they are drawn, as runs of words. Each piece is in one. */
export function segmentsOf(pieces: TextPiece[]): Segment[] {
  const drawn: Segment[] = [];
  for (const piece of pieces) {
    const next = segmentOf(piece);
    const last = drawn.at(-1);
    if (last && areOnOneLine(last, next) && areNear(last, next)) join(last, next);
    else drawn.push(next);
  }
  return joinNeighbours(drawn);
}

/** True for two that overlap in height as the words of one line do, raised and lowered ones among them. */
export function areOnOneLine(a: Segment, b: Segment): boolean {
  if (Math.max(a.size, b.size) > INITIAL_RATIO * Math.min(a.size, b.size)) return false;
  const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return overlap >= SAME_LINE * Math.min(a.bottom - a.top, b.bottom - b.top);
}

/** Adds the pieces of `other`. */
export function join(segment: Segment, other: Segment): void {
  if (other.length > segment.length) {
    segment.baseline = other.baseline;
    segment.size = other.size;
    segment.top = other.top;
    segment.bottom = other.bottom;
  }
  for (const piece of other.pieces) segment.pieces.push(piece);
  segment.left = Math.min(segment.left, other.left);
  segment.right = Math.max(segment.right, other.right);
  segment.length += other.length;
}

/** The size that most characters have. */
export function commonSize(segments: readonly { size: number; length: number }[]): number {
  const lengths = new Map<number, number>();
  for (const { size, length } of segments) {
    const rounded = Math.round(size * 10) / 10;
    lengths.set(rounded, (lengths.get(rounded) ?? 0) + length);
  }
  let common = { size: 1, length: 0 };
  for (const [size, length] of lengths) if (length > common.length) common = { size, length };
  return common.size;
}

function segmentOf(piece: TextPiece): Segment {
  const { left, right, baseline, size, text } = piece;
  const [top, bottom] = [baseline - ASCENT * size, baseline + DESCENT * size];
  return { pieces: [piece], left, right, top, bottom, baseline, size, length: text.length };
}

function areNear(a: Segment, b: Segment): boolean {
  const gap = Math.max(b.left - a.right, a.left - b.right);
  return gap <= WORD_GAP * Math.max(a.size, b.size);
}

/** Joins what is on one line but was not drawn in one go. */
function joinNeighbours(segments: Segment[]): Segment[] {
  const sorted = segments.toSorted((a, b) => a.baseline - b.baseline);
  const joined: Segment[] = [];
  let row: Segment[] = [];
  const close = () => {
    row.sort((a, b) => a.left - b.left);
    const start = joined.length;
    for (const segment of row) {
      const last = joined.length > start ? joined.at(-1) : undefined;
      if (last && areOnOneLine(last, segment) && areNear(last, segment)) join(last, segment);
      else joined.push(segment);
    }
    row = [];
  };
  for (const segment of sorted) {
    const first = row[0];
    if (first && segment.baseline - first.baseline > SAME_BASELINE * Math.min(first.size, segment.size)) {
      close();
    }
    row.push(segment);
  }
  close();
  return joined;
}
