import type { Matrix, PdfText } from './document.js';
import { cleanText } from './piece-text.js';

/**
 * A piece of text and its place, in points, seen so that its line runs to the right and the next line is below:
 * `left` and `right` along the line, `baseline` downwards.
 */
export interface TextPiece {
  text: string;
  left: number;
  right: number;
  baseline: number;
  size: number;
  isRightToLeft: boolean;
  spaceBefore: boolean;
  spaceAfter: boolean;
}

/** All text of a page that runs in one direction. */
export interface TextDirection {
  pieces: TextPiece[];
  /** Where the page begins and ends across the lines. */
  top: number;
  bottom: number;
}

export interface PageSize {
  width: number;
  height: number;
  /** From the page's coordinates to those of a reader: y downwards, turned as the page is shown. */
  transform: Matrix;
}

/** Lines whose angles are no further apart, in degrees, run in the same direction. */
const SAME_ANGLE = 1;
/** The same text again, so near (in parts of its size), is drawn twice to look bold or to have a shadow. */
const SAME_PLACE = 0.12;

interface Placed {
  piece: TextPiece;
  /** The how manieth it is to be drawn. */
  order: number;
  x: number;
  y: number;
  /** In degrees, clockwise, as the page is shown. */
  angle: number;
  length: number;
}

/** A page's text, by direction: the one with most text first, the others in the order in which they are drawn. */
export function textDirections(texts: PdfText[], page: PageSize): TextDirection[] {
  const groups = byAngle(placedPieces(texts, page.transform));
  const first = groups.reduce((most, { weight }, i) => (weight > (groups[most]?.weight ?? 0) ? i : most), 0);
  const ordered = [...groups.slice(first, first + 1), ...groups.slice(0, first), ...groups.slice(first + 1)];
  return ordered.map(({ members, angle }) => turned(members, angle, page));
}

function placedPieces(texts: PdfText[], transform: Matrix): Placed[] {
  const placed: Placed[] = [];
  let spaceBefore = false;
  for (const text of texts) {
    const cleaned = cleanText(text.str);
    const before = placed.at(-1)?.piece;
    if (/^\s/.test(text.str) && before) before.spaceAfter = true;
    spaceBefore ||= /^\s/.test(text.str);
    if (cleaned !== '') {
      placed.push({ ...place(text, cleaned, spaceBefore, transform), order: placed.length });
      spaceBefore = /\s$/.test(text.str);
    }
  }
  return placed;
}

function place(text: PdfText, cleaned: string, spaceBefore: boolean, page: Matrix): Omit<Placed, 'order'> {
  const [a, b, c, d, x, y] = multiply(page, text.transform);
  const isVertical = text.dir === 'ttb';
  const size = Math.hypot(c, d) || Math.hypot(a, b) || 1;
  const angle = (Math.atan2(b, a) * 180) / Math.PI;
  const length = Math.max(0, isVertical ? text.height : text.width);
  const piece = {
    text: cleaned,
    left: 0,
    right: 0,
    baseline: 0,
    size,
    isRightToLeft: text.dir === 'rtl',
    spaceBefore,
    spaceAfter: /\s$/.test(text.str),
  };
  return { piece, x, y, length, angle: isVertical ? angle + 90 : angle };
}

/** Pieces in the order in which they are drawn, of the same direction. */
interface Direction {
  members: Placed[];
  angle: number;
  /** How many characters they have. */
  weight: number;
}

function byAngle(placed: Placed[]): Direction[] {
  const groups: Placed[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const each of placed.toSorted((a, b) => a.angle - b.angle)) {
    if (each.angle - last > SAME_ANGLE) groups.push([]);
    groups.at(-1)?.push(each);
    last = each.angle;
  }
  const directions = groups.map((group) => ({
    angle: group[Math.floor(group.length / 2)]?.angle ?? 0,
    members: group.sort((a, b) => a.order - b.order),
    weight: group.reduce((sum, { piece }) => sum + piece.text.length, 0),
  }));
  return directions.sort((a, b) => (a.members[0]?.order ?? 0) - (b.members[0]?.order ?? 0));
}

function turned(members: Placed[], angle: number, { width, height }: PageSize): TextDirection {
  const cos = Math.cos((angle * Math.PI) / 180);
  const sin = Math.sin((angle * Math.PI) / 180);
  const across = (x: number, y: number) => y * cos - x * sin;
  const corners = [across(0, 0), across(width, 0), across(0, height), across(width, height)];
  for (const { piece, x, y, length } of members) {
    piece.left = x * cos + y * sin;
    piece.right = piece.left + length;
    piece.baseline = across(x, y);
  }
  return {
    pieces: drawnOnce(members.map(({ piece }) => piece)),
    top: Math.min(...corners),
    bottom: Math.max(...corners),
  };
}

function drawnOnce(pieces: TextPiece[]): TextPiece[] {
  const seen = new Map<string, TextPiece>();
  return pieces.filter((piece) => {
    const step = piece.size * SAME_PLACE * 2;
    const column = Math.floor(piece.left / step);
    const row = Math.floor(piece.baseline / step);
    // A place near the edge of a cell of the grid is also near what is in the next cell.
    for (const i of [column, column - 1, column + 1]) {
      for (const j of [row, row - 1, row + 1]) {
        const other = seen.get(`${i} ${j} ${piece.text}`);
        if (other && isSamePlace(piece, other)) return false;
      }
    }
    seen.set(`${column} ${row} ${piece.text}`, piece);
    return true;
  });
}

function isSamePlace(a: TextPiece, b: TextPiece): boolean {
  const distance = Math.max(Math.abs(a.left - b.left), Math.abs(a.baseline - b.baseline));
  return distance <= SAME_PLACE * Math.min(a.size, b.size);
}

/** The matrix that does what `inner` does and then what `outer` does. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}
