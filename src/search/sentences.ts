import type { TextRange } from './highlight.js';

const segmenters = new Map<string, Intl.Segmenter>();

/** A line break within a paragraph, unless the next line begins a list's entry. */
const WRAPPED_LINE = /(?<=\S[^\S\n]*)\n(?=[^\S\n]*(?![-*•–·]|\d+[.)])\S)/gu;

/** A letter or a word without vowels before a full stop: `Dr.`, `St.`, `e.g.`; the sentence goes on behind it. */
const ABBREVIATED = /(?<![\p{L}\p{N}])(?:\p{L}|\p{L}[bcdfghjklmnpqrstvwxz]{1,3})\.[^\S\n]*$/u;

/**
 * The sentences of a passage in order, without the white space around them. Lines that are only broken for their
 * length are read on.
 * @param language of the document, a BCP 47 tag; null where it is not known
 */
export function sentencesOf(text: string, language: string | null): TextRange[] {
  const unwrapped = text.replace(WRAPPED_LINE, ' ');
  const sentences: TextRange[] = [];
  let goesOn = false;
  for (const { segment, index } of segmenterOf(language).segment(unwrapped)) {
    const trimmed = segment.trim();
    if (!/[\p{L}\p{N}]/u.test(trimmed)) continue;
    const start = index + segment.indexOf(trimmed);
    const last = sentences.at(-1);
    if (goesOn && last) last[1] = start + trimmed.length;
    else sentences.push([start, start + trimmed.length]);
    goesOn = ABBREVIATED.test(segment);
  }
  return sentences;
}

function segmenterOf(language: string | null): Intl.Segmenter {
  // A document's language may be any string; its first subtag says all that sentences need.
  const tag = /^[a-z]{2,3}(?=-|$)/i.exec(language ?? '')?.[0].toLowerCase() ?? 'und';
  const segmenter = segmenters.get(tag) ?? new Intl.Segmenter(tag, { granularity: 'sentence' });
  segmenters.set(tag, segmenter);
  return segmenter;
}
