import type { HitPassage } from '../search/answer.js';
import type { TextRange } from '../search/highlight.js';
import { type Style, styled } from './terminal.js';
import { harmless } from './text.js';

const SHOWN_CHARACTERS = 480;
const BEFORE = 120;

type Marked = Pick<HitPassage, 'text' | 'highlights' | 'answer'>;

/**
 * The part of a passage around the sentence that answers, or its first match, on one line: the sentence bold, the
 * query's words in it underlined too.
 */
export function passageText({ text, highlights, answer }: Marked): string {
  const first = (answer ?? highlights[0])?.[0] ?? 0;
  const start =
    text.length <= SHOWN_CHARACTERS
      ? 0
      : Math.max(0, Math.min(first - BEFORE, text.length - SHOWN_CHARACTERS));
  const from = start === 0 ? 0 : text.indexOf(' ', start) + 1;
  const end = wordEnd(text, from + SHOWN_CHARACTERS);
  const edges = [...highlights, ...(answer ? [answer] : [])]
    .flat()
    .filter((edge) => edge > from && edge < end);
  const cuts = [...new Set([from, ...edges, end])].sort((a, b) => a - b);
  const marked = cuts.slice(1).map((stop, index) => {
    const begin = cuts[index] ?? from;
    const part = harmless(text.slice(begin, stop)).replace(/\s+/g, ' ');
    return styled(part, ...stylesAt(begin, highlights, answer));
  });
  return (from > 0 ? '… ' : '') + marked.join('').trim() + (end < text.length ? ' …' : '');
}

function wordEnd(text: string, offset: number): number {
  if (offset >= text.length) return text.length;
  const space = text.lastIndexOf(' ', offset);
  return space > offset - BEFORE ? space : offset;
}

function stylesAt(offset: number, highlights: TextRange[], answer: TextRange | null): Style[] {
  const covers = ([start, end]: TextRange): boolean => start <= offset && offset < end;
  if (highlights.some(covers)) return ['bold', 'underline'];
  return answer && covers(answer) ? ['bold'] : [];
}
