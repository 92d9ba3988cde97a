import { composeAccents } from './piece-text.js';
import type { TextPiece } from './pieces.js';

/** Pieces further apart than this are two words, and than this two cells of a table; in parts of their size. */
const SPACE = 0.15;
/** Where a blank is drawn between two pieces, less is enough; some programs draw one without any width. */
const DRAWN_SPACE = 0.05;
const CELL_GAP = 1.2;
const OVERPRINT = 0.5;
/** Scripts without spaces set their letters with more air. */
const IDEOGRAPH_SPACE = 0.5;
const IDEOGRAPHS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;

/** A mark of a note is so much smaller than its word and raised by so much; a short word with one may be a unit (m²). */
const NOTE_MARK = {
  size: 0.8,
  rise: 0.2,
  text: /^(?:[\d,]{1,5}|[*∗†‡§¶]+)$/u,
  word: /\p{L}{4,}[.,;:!?"”’)]*$/u,
  lookBack: 20,
};

/** Words that are set wide: so many letters that stand apart; between two words the gap is larger by the factor. */
const WIDE = { text: /^\p{L}(?: \p{L})*$/u, letters: 4, wordFactor: 1.5 };

/** A part of a line that stands apart from the others. */
export interface Cell {
  text: string;
  left: number;
  right: number;
}

/** The cells of a line, each with its words and the spaces between them; a line of prose has one. */
export function cellsOfLine(pieces: TextPiece[]): Cell[] {
  const ordered = readingOrder(pieces);
  const wide = wideWords(ordered);
  const cells: Cell[] = [];
  for (const [i, piece] of ordered.entries()) {
    const before = ordered[i - 1];
    const cell = cells.at(-1);
    const text = wide.texts.get(piece) ?? piece.text;
    const isApart = before && gap(before, piece) > CELL_GAP * Math.max(before.size, piece.size);
    if (!before || !cell || (isApart && !wide.goOn.has(piece))) {
      cells.push({ text, left: piece.left, right: piece.right });
      continue;
    }
    cell.text += (!wide.goOn.has(piece) && areWords(before, piece) ? ' ' : '') + text;
    cell.left = Math.min(cell.left, piece.left);
    cell.right = Math.max(cell.right, piece.right);
  }
  return cells.map((cell) => ({ ...cell, text: composeAccents(cell.text) }));
}

/** From left to right; in a line of Arabic or Hebrew from right to left, but numbers and names in it as they are. */
function readingOrder(pieces: TextPiece[]): TextPiece[] {
  const sorted = pieces.toSorted((a, b) => a.left - b.left);
  if (!areMostlyRightToLeft(pieces)) return sorted;
  const ordered: TextPiece[] = [];
  let run: TextPiece[] = [];
  for (const piece of sorted.reverse()) {
    if (piece.isRightToLeft) {
      ordered.push(...run.reverse(), piece);
      run = [];
    } else run.push(piece);
  }
  return [...ordered, ...run.reverse()];
}

/** True where more of the text runs from right to left. */
export function areMostlyRightToLeft(pieces: TextPiece[]): boolean {
  let balance = 0;
  for (const { text, isRightToLeft } of pieces) balance += isRightToLeft ? text.length : -text.length;
  return balance > 0;
}

function areWords(before: TextPiece, piece: TextPiece): boolean {
  const size = Math.min(before.size, piece.size);
  if (IDEOGRAPHS.test(before.text.slice(-1)) && IDEOGRAPHS.test(piece.text.slice(0, 1))) {
    return gap(before, piece) > IDEOGRAPH_SPACE * size;
  }
  if (isNoteMark(before, piece) || areOverprinted(before, piece)) return true;
  return gap(before, piece) > (before.spaceAfter || piece.spaceBefore ? DRAWN_SPACE : SPACE) * size;
}

/** Words that are printed over each other; an accent is printed over a letter. */
function areOverprinted(a: TextPiece, b: TextPiece): boolean {
  const overlap = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  return overlap > OVERPRINT * Math.min(a.size, b.size) && Math.min(a.text.length, b.text.length) > 1;
}

function isNoteMark(word: TextPiece, piece: TextPiece): boolean {
  return (
    piece.size <= NOTE_MARK.size * word.size &&
    word.baseline - piece.baseline >= NOTE_MARK.rise * word.size &&
    NOTE_MARK.text.test(piece.text) &&
    NOTE_MARK.word.test(word.text.slice(-NOTE_MARK.lookBack))
  );
}

function gap(a: TextPiece, b: TextPiece): number {
  return Math.max(b.left - a.right, a.left - b.right);
}

/** Of words that are set wide: their letters without the white space, and which pieces go on with the word before. */
interface WideWords {
  texts: Map<TextPiece, string>;
  goOn: Set<TextPiece>;
}

function wideWords(ordered: TextPiece[]): WideWords {
  const found: WideWords = { texts: new Map(), goOn: new Set() };
  let run: TextPiece[] = [];
  const close = () => {
    const closedUp = run.map(({ text }) => text.replaceAll(' ', ''));
    if (run.length > 1 && closedUp.join('').length >= WIDE.letters) {
      const gaps = run.slice(1).map((piece, i) => gap(run[i] ?? piece, piece));
      const usual = gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 0;
      for (const [i, piece] of run.entries()) {
        found.texts.set(piece, closedUp[i] ?? piece.text);
        if (i > 0 && (gaps[i - 1] ?? 0) <= usual * WIDE.wordFactor) found.goOn.add(piece);
      }
    }
    run = [];
  };
  for (const piece of ordered) {
    const before = run.at(-1);
    const isWide = WIDE.text.test(piece.text);
    if (!isWide || (before && gap(before, piece) > CELL_GAP * piece.size)) close();
    if (isWide) run.push(piece);
  }
  close();
  return found;
}
