import type { TextRange } from './highlight.js';

const segmenters = new Map<string, Intl.Segmenter>();

/** A line break within a paragraph, unless the next line begins a list's entry. */
const WRAPPED_LINE = /(?<=\S[^\S\n]*)\n(?=[^\S\n]*(?![-*•–·]|\d+[.)])\S)/gu;

/**
 * The sentences of a passage in order, without the white space around them. Lines that are only broken for their
 * length are read on.
 * @param language of the document, a BCP 47 tag; null where it is not known
 */
export function sentencesOf(text: string, language: string | null): TextRange[] {
  const unwrapped = text.replace(WRAPPED_LINE, ' ');
  return Array.from(segmenterOf(language).segment(unwrapped)).flatMap(({ segment, index }): TextRange[] => {
    const trimmed = segment.trim();
    if (!/[\p{L}\p{N}]/u.test(trimmed)) return [];
    const start = index + segment.indexOf(trimmed);
    return [[start, start + trimmed.length]];
  });
}

function segmenterOf(language: string | null): Intl.Segmenter {
  // A document's language may be any string; its first subtag says all that sentences need.
  const tag = /^[a-z]{2,3}(?=-|$)/i.exec(language ?? '')?.[0].toLowerCase() ?? 'und';
  const segmenter = segmenters.get(tag) ?? new Intl.Segmenter(tag, { granularity: 'sentence' });
  segmenters.set(tag, segmenter);
  return segmenter;
}
