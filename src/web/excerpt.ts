import type { TextRange } from './answers.js';

/** A stretch of text with the ranges in it that are marked. */
export interface Excerpt {
  text: string;
  highlights: TextRange[];
  /** The range it was cut around. */
  focus: TextRange;
  /** Whether text was left out before or after. */
  cutBefore: boolean;
  cutAfter: boolean;
}

/** A run of text, marked or not. */
export interface Segment {
  text: string;
  marked: boolean;
}

/**
 * At most `length` UTF-16 units of a text, cut between words, around a range: a third of what there is to spare
 * stands before it. Highlights are moved along, and cut where the text is.
 *
 * @param around the range. Default: the first highlight
 */
export function excerptOf(
  text: string,
  highlights: readonly TextRange[],
  length: number,
  around?: TextRange | null,
): Excerpt {
  const focus = around ?? highlights.toSorted((one, other) => one[0] - other[0])[0] ?? [0, 0];
  if (text.length <= length)
    return { text, highlights: [...highlights], focus, cutBefore: false, cutAfter: false };
  const [from, to] = focus;
  const spare = Math.max(0, length - (to - from));
  const latest = Math.max(0, text.length - length);
  const start = wordStart(text, Math.min(Math.max(0, from - Math.floor(spare / 3)), latest), from);
  const end = start + length >= text.length ? text.length : wordEnd(text, start, start + length);
  return {
    text: text.slice(start, end),
    highlights: highlights.map(([first, last]) => [first - start, last - start] as const),
    focus: [from - start, to - start],
    cutBefore: start > 0,
    cutAfter: end < text.length,
  };
}

/** A text in runs, marked within the ranges. Ranges may overlap, be unordered, or reach beyond the text. */
export function segmentsOf(text: string, ranges: readonly TextRange[]): Segment[] {
  const segments: Segment[] = [];
  let reached = 0;
  const add = (end: number, marked: boolean) => {
    if (end > reached) segments.push({ text: text.slice(reached, end), marked });
    reached = Math.max(reached, end);
  };
  for (const [start, end] of ranges.toSorted((one, other) => one[0] - other[0])) {
    if (end <= Math.max(0, start)) continue;
    add(Math.min(start, text.length), false);
    add(Math.min(end, text.length), true);
  }
  add(text.length, false);
  return segments;
}

function wordStart(text: string, offset: number, limit: number): number {
  if (offset === 0) return 0;
  const space = text.slice(offset, Math.max(offset, limit)).search(/\s/);
  // Scripts without spaces have no such place near: there a cut anywhere but within a character is right.
  return space === -1 ? wholeCharacter(text, Math.max(offset, limit)) : offset + space + 1;
}

function wordEnd(text: string, start: number, offset: number): number {
  const stretch = text.slice(start, offset);
  const space = stretch.search(/\s\S*$/);
  return space > stretch.length * 0.8 ? start + space : wholeCharacter(text, offset);
}

function wholeCharacter(text: string, offset: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(offset)) ? offset - 1 : offset;
}
