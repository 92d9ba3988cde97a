import type { HeadingMark, PageMark } from '../../../types.js';
import type { PageLine, Paragraph } from './paragraphs.js';

// A word is looked for from its first letter only: very long ones would take for ever otherwise.
const PARTED_WORD = /(?<!\p{L})(?<head>\p{L}+)[-\u2010\u00AD]$/u;
const LINE_END_HYPHEN = /\p{L}[-\u2010\u00AD]$/u;
const COMPOUND = /(?<!\p{L})\p{L}+-\p{L}+/gu;
/** Scripts that are written without spaces go on without one on the next line. */
const IDEOGRAPH = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303F\uFF00-\uFFEF]$/u;

/**
 * The text of a PDF's paragraphs, parted by blank lines: words that were parted at a line's end mended, rows of
 * tables as lines; and where each page and each heading begins in it.
 */
export function textOf(paragraphs: Paragraph[]): {
  text: string;
  pages: PageMark[];
  headings: HeadingMark[];
} {
  const vocabulary = vocabularyOf(paragraphs.flat());
  const pages: PageMark[] = [];
  const headings: HeadingMark[] = [];
  const parts: string[] = [];
  let offset = 0;
  const add = (part: string) => {
    parts.push(part);
    offset += part.length;
  };
  for (const paragraph of paragraphs) {
    if (offset > 0) add('\n\n');
    const start = parts.length;
    const startOffset = offset;
    for (const [i, line] of paragraph.entries()) {
      const before = paragraph[i - 1];
      const next = paragraph[i + 1];
      if (before) add(spaceBetween(before, line));
      const last = pages.at(-1);
      if (line.page > (last?.page ?? 0)) pages.push({ offset, page: line.page });
      add(next && isParted(line.text, next.text, vocabulary) ? line.text.slice(0, -1) : line.text);
    }
    if (paragraph[0].heading !== null) {
      headings.push({ offset: startOffset, text: parts.slice(start).join('') });
    }
  }
  return { text: parts.join(''), pages, headings };
}

function spaceBetween(before: PageLine, line: PageLine): string {
  if (before.isRow && line.isRow) return '\n';
  if (LINE_END_HYPHEN.test(before.text)) return '';
  return IDEOGRAPH.test(before.text.slice(-1)) && IDEOGRAPH.test(line.text.slice(0, 1)) ? '' : ' ';
}

/**
 * True for a word that was parted at the line's end; false for a compound that has its hyphen anywhere, and for a name
 * (Jean-Paul) unless it is also there in one (JavaScript).
 */
function isParted(line: string, next: string, { compounds, words }: Vocabulary): boolean {
  const head = PARTED_WORD.exec(line)?.groups?.head;
  const tail = /^\p{L}+/u.exec(next)?.[0];
  if (head === undefined || tail === undefined) return false;
  if (!/^\p{Ll}/u.test(tail)) return words.has(head + tail);
  return !compounds.has(`${head}-${tail}`.toLowerCase());
}

/** What tells words that were parted from those that have a hyphen. */
interface Vocabulary {
  /** In lower case. */
  compounds: Set<string>;
  words: Set<string>;
}

function vocabularyOf(lines: PageLine[]): Vocabulary {
  const compounds = new Set<string>();
  const words = new Set<string>();
  for (const { text } of lines) {
    for (const compound of text.toLowerCase().match(COMPOUND) ?? []) compounds.add(compound);
    for (const word of text.match(/\p{L}+/gu) ?? []) words.add(word);
  }
  return { compounds, words };
}
