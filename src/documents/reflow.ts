/** A column narrower than this is verse or a list, a wider one a screen: neither is a wrapped paragraph. */
const WRAP_COLUMN = { min: 34, max: 120 };
/** Few programs wrap text wider than this. */
const COMMON_WRAP_COLUMN = 90;
/** A break between two lines is due to wrapping if the next word would have passed the column, give or take this. */
const WRAP_SLACK = 4;
/** How many of a block's breaks must be due to wrapping. */
const WRAPPED_SHARE = 0.75;
/** Lines of whole paragraphs are longer than this on average, or end as sentences do. */
const PARAGRAPH_LINE_LENGTH = 120;

const LIST_ITEM = /^\s*(?:[-*+•‣◦▪–—·]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z][.)]\s+)\S/;
const SENTENCE_END = /[.!?…:;]["'”’»)\]]*$/;

/** True for a line that begins as an item of a list does. */
export function isListItem(line: string): boolean {
  return LIST_ITEM.test(line);
}

/**
 * The paragraphs of a plain text. Blank lines part them; within such a block, lines that were wrapped at a
 * column are joined, lines that are whole paragraphs are parted, and all others (lists, verse, tables) stay
 * lines. No word is lost.
 */
export function reflow(text: string): string[] {
  const blocks = text
    .split(/\n(?:[^\S\n]*\n)+/)
    .map((block) => block.split('\n').map((line) => line.trimEnd()))
    .map((lines) => lines.filter((line) => line !== ''))
    .filter((lines) => lines.length > 0);
  const column = wrapColumn(blocks);
  return blocks.flatMap((lines) => reflowBlock(lines, column)).filter((paragraph) => paragraph !== '');
}

function reflowBlock(lines: string[], column: number): string[] {
  if (lines.length === 1) return [tidy(lines.join(''))];
  if (lines.some(isListItem)) return [listLines(lines, column).join('\n').trim()];
  const own = columnOf(lines);
  if (!areSentences(lines) && (isWrapped(lines, Math.max(column, own)) || isWrapped(lines, own))) {
    return [tidy(lines.join(' '))];
  }
  return areParagraphs(lines) ? lines.map(tidy) : [lines.join('\n').trim()];
}

/** Lines of a block with a list: an item's own further lines are joined to it, other lines stay. */
function listLines(lines: string[], column: number): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    const isIndented = /^\s/.test(line);
    const continues =
      last !== undefined && !isListItem(line) && (isIndented || isWrapped([last, line], column));
    if (continues && isListItem(last)) joined[joined.length - 1] = `${last} ${line.trim()}`;
    else joined.push(line);
  }
  return joined;
}

/** The column at which the text as a whole is wrapped, 0 if at none. */
function wrapColumn(blocks: string[][]): number {
  const wrapped = blocks.filter(
    (lines) => lines.length > 2 && !lines.some(isListItem) && isWrapped(lines, columnOf(lines)),
  );
  return wrapped.reduce((column, lines) => Math.max(column, columnOf(lines)), 0);
}

function columnOf(lines: string[]): number {
  return lines.reduce((longest, line) => Math.max(longest, line.length), 0);
}

function isWrapped(lines: string[], column: number): boolean {
  if (column < WRAP_COLUMN.min || column > WRAP_COLUMN.max) return false;
  const breaks = lines.slice(1).map((next, i) => {
    const wordLength = next.trimStart().search(/\s|$/);
    return (lines[i]?.length ?? 0) + 1 + wordLength > column - WRAP_SLACK;
  });
  const due = breaks.filter((isDue) => isDue).length;
  return due >= breaks.length * WRAPPED_SHARE;
}

/** Where every line before the last ends as a sentence does, none was wrapped; one short line may do so by chance. */
function areSentences(lines: string[]): boolean {
  const ended = lines.slice(0, -1).every((line) => SENTENCE_END.test(line));
  return ended && (lines.length > 2 || columnOf(lines) > COMMON_WRAP_COLUMN);
}

function areParagraphs(lines: string[]): boolean {
  const mean = lines.reduce((sum, line) => sum + line.length, 0) / lines.length;
  const sentences = lines.filter((line) => SENTENCE_END.test(line) && line.length > WRAP_COLUMN.min).length;
  return mean >= PARAGRAPH_LINE_LENGTH || sentences >= lines.length * 0.6;
}

function tidy(paragraph: string): string {
  return paragraph.replace(/\s+/g, ' ').trim();
}
