import { isListItem } from '../../reflow.js';
import type { PrintedLine } from './lines.js';

/** A line, where it stands, and which heading it is a part of. */
export interface PageLine extends PrintedLine {
  page: number;
  /** A number for each heading; lines of one heading follow each other. */
  heading: number | null;
}

/** Lines of a paragraph, in order. */
export type Paragraph = [PageLine, ...PageLine[]];

/** A gap between paragraphs is wider than the usual distance of lines by the factor; without one, than this size. */
const GAP = 1.3;
const PITCH_OF_SIZE = 1.25;
/** The first line of a paragraph is set in, or set out, by at least this, in parts of its size. */
const INDENT = { min: 0.7, max: 6 };
/** Type that differs by more is of another paragraph. */
const OTHER_SIZE = 0.12;
/** Room for the next word and this, in parts of the size, was left at the end of a line: it ends there on purpose. */
const SHORT_BY = 1;
/** A line that fills less of its block ends on purpose, whatever it ends with. */
const VERY_SHORT = 0.6;
const SHORT = 0.8;
/** Blocks whose widths differ by less, in parts of the wider one, are columns of one text. */
const SAME_WIDTH = 0.15;
/** How wide a character is, in parts of its size, where nothing else tells. */
const CHARACTER_WIDTH = 0.5;

const SENTENCE_END = /[.!?:…。！？؟۔]["'”’»)\]\d]*$/u;
const LINE_END_HYPHEN = /\p{L}[-\u2010\u00AD]$/u;

/** The paragraphs of lines in reading order; one may go on in the next column or on the next page. */
export function paragraphsOf(lines: PageLine[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const [i, line] of lines.entries()) {
    const paragraph = paragraphs.at(-1);
    const before = lines[i - 1];
    if (paragraph && before && !begins(line, before, lines[i + 1], lines[i - 2])) paragraph.push(line);
    else paragraphs.push([line]);
  }
  return paragraphs;
}

function begins(
  line: PageLine,
  before: PageLine,
  next: PageLine | undefined,
  beforeThat: PageLine | undefined,
): boolean {
  if (line.heading !== before.heading) return true;
  if (line.heading !== null) return false;
  const isLower = /^\p{Ll}/u.test(line.text);
  const inBlock = line.block === before.block && line.baseline > before.baseline;
  const isParted = LINE_END_HYPHEN.test(before.text) && (isLower || inBlock);
  const ended = SENTENCE_END.test(before.text);
  const goesOn = inBlock && isLower && !ended;
  if (line.isRow && before.isRow) return !inBlock || isAfterGap(line, before);
  if (isListItem(line.text)) return true;
  if (isParted) return false;
  if (line.isRow || before.isRow) return !goesOn || isAfterGap(line, before);
  if (Math.abs(line.size - before.size) > OTHER_SIZE * Math.max(line.size, before.size)) return !goesOn;
  if (!inBlock) return beginsInBlock(line, before, ended, isLower);
  // Formulas, large letters and marks drive lines of a sentence apart too.
  if (isAfterGap(line, before) || isSetIn(line, before, next, beforeThat)) return !goesOn;
  if (ended) return isShort(before, line);
  return !isLower && fillOf(before) < VERY_SHORT && isShort(before, line);
}

/** The top of a column or page goes on with the sentence at the foot of the one before. */
function beginsInBlock(line: PageLine, before: PageLine, ended: boolean, isLower: boolean): boolean {
  if (ended) return true;
  const [width, other] = [widthOf(line), widthOf(before)];
  const areColumns = Math.abs(width - other) <= SAME_WIDTH * Math.max(width, other);
  if (isLower) return line.page === before.page && !areColumns && before.block.pitch === 0;
  return !areColumns || fillOf(before) < SHORT || before.block.pitch === 0;
}

function isAfterGap(line: PageLine, before: PageLine): boolean {
  const pitch = line.block.pitch || PITCH_OF_SIZE * line.size;
  // Large type has its lines further apart than the text of its block.
  const least = Math.max(pitch, Math.min(line.size, before.size));
  return line.baseline - before.baseline > GAP * least;
}

function isSetIn(
  line: PageLine,
  before: PageLine,
  next: PageLine | undefined,
  beforeThat: PageLine | undefined,
): boolean {
  const least = INDENT.min * line.size;
  const indent = line.left - before.left;
  const goesOn = next?.block === line.block ? next.left : null;
  // Set in: the line before and the one after are further left.
  if (indent > least)
    return indent < INDENT.max * line.size && (goesOn === null || line.left - goesOn > least);
  // Set out: in a list of works each entry begins further left than it goes on.
  const stoodStill = beforeThat?.block === before.block && beforeThat.left - before.left < least;
  return -indent > least && stoodStill && goesOn !== null && goesOn - line.left > least;
}

/** True where the next word had room behind the line. */
function isShort(before: PageLine, next: PageLine): boolean {
  const character = (before.right - before.left) / before.text.length || CHARACTER_WIDTH * before.size;
  const word = /^\S*/.exec(next.text)?.[0].length ?? 0;
  return before.block.right - before.right > word * character + SHORT_BY * before.size;
}

function fillOf({ left, right, block }: PageLine): number {
  return (right - left) / (block.right - block.left || 1);
}

function widthOf({ block }: PageLine): number {
  return block.right - block.left;
}
