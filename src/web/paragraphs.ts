import type { TextRange } from './answers.js';

/** A paragraph of a text and where it begins in it. */
export interface Paragraph {
  text: string;
  start: number;
}

/** The paragraphs of a text: what stands between blank lines. */
export function paragraphsOf(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let start = 0;
  for (const gap of text.matchAll(/\n[^\S\n]*(?:\n[^\S\n]*)+|$/g)) {
    const paragraph = text.slice(start, gap.index);
    if (paragraph.trim() !== '') paragraphs.push({ text: paragraph, start });
    start = gap.index + gap[0].length;
  }
  return paragraphs;
}

/** What of a range of the whole text lies in a paragraph, as a range of the paragraph's text; null when nothing does. */
export function rangeWithin({ text, start }: Paragraph, [from, to]: TextRange): TextRange | null {
  const first = Math.max(0, from - start);
  const last = Math.min(text.length, to - start);
  return text.slice(first, Math.max(first, last)).trim() === '' ? null : [first, last];
}
