import { stripVTControlCharacters, styleText } from 'node:util';
import type { Hit, HitPassage } from '../search/answer.js';
import type { TextRange } from '../search/highlight.js';
import type { DocumentFields } from '../types.js';

const WIDEST = 100;
const SHOWN_CHARACTERS = 320;

type Style = Parameters<typeof styleText>[0];

/** Whether standard output takes colours: a terminal, unless NO_COLOR is set. */
function hasColours(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}

function styled(style: Style, text: string): string {
  return hasColours() ? styleText(style, text) : text;
}

/** A document's text may hold what a terminal takes for commands. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ');
}

/** One hit in a few lines: title, facts, the passage with the sentence that answers and the matches marked. */
export function hitText(hit: Hit, number: number): string {
  const { document, score, passages, duplicates } = hit;
  const title = styled('bold', harmless(document.title ?? document.id));
  const lines = [`${String(number).padStart(2)}. ${title}  ${styled('dim', score.toFixed(2))}`];
  lines.push(indent(styled('dim', factsText(document, document.id))));
  for (const passage of passages.slice(0, 1)) {
    const place = [passage.page === null ? '' : `page ${passage.page}`, passage.heading ?? ''].filter(
      Boolean,
    );
    if (place.length > 0) lines.push(indent(styled('dim', harmless(place.join(', ')))));
    lines.push(...wrap(excerpt(passage)).map(indent));
  }
  for (const { id, title: other } of duplicates)
    lines.push(indent(styled('dim', `also: ${harmless(other ?? id)} (${id})`)));
  return lines.join('\n');
}

/** Source, date and language, as far as they are known, and the id. */
export function factsText({ source, publishedAt, language }: DocumentFields, id: string): string {
  return harmless([id, source, publishedAt?.slice(0, 10), language].filter(Boolean).join(' · '));
}

/** Breaks a text into lines that fit the terminal; marks do not count. */
export function wrap(text: string): string[] {
  const width = Math.min(WIDEST, process.stdout.columns || WIDEST) - 4;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stripVTControlCharacters(longer).length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

/** The part of a passage around the sentence that answers, or its first match, with both marked. */
function excerpt({ text, highlights, answer }: HitPassage): string {
  const first = (answer ?? highlights[0])?.[0] ?? 0;
  const start =
    text.length <= SHOWN_CHARACTERS ? 0 : Math.max(0, Math.min(first - 80, text.length - SHOWN_CHARACTERS));
  const from = start === 0 ? 0 : text.indexOf(' ', start) + 1;
  const end = Math.min(text.length, from + SHOWN_CHARACTERS);
  const edges = [...highlights, ...(answer ? [answer] : [])]
    .flat()
    .filter((edge) => edge > from && edge < end);
  const cuts = [...new Set([from, ...edges, end])].sort((a, b) => a - b);
  const marked = cuts.slice(1).map((stop, index) => {
    const begin = cuts[index] ?? from;
    const style = styleAt(begin, highlights, answer);
    // Word by word, so that a style never goes on over the end of a line.
    const parts = harmless(text.slice(begin, stop)).split(/(\s+)/);
    return parts.map((part) => (style && part.trim() !== '' ? styled(style, part) : part)).join('');
  });
  return (from > 0 ? '… ' : '') + marked.join('') + (end < text.length ? ' …' : '');
}

function styleAt(offset: number, highlights: TextRange[], answer: TextRange | null): Style | null {
  const covers = ([start, end]: TextRange): boolean => start <= offset && offset < end;
  if (highlights.some(covers)) return ['bold', 'underline'];
  return answer && covers(answer) ? 'bold' : null;
}

function indent(line: string): string {
  return `    ${line}`;
}
