import { stemmingOf } from '../documents/stem.js';
import { stemmedTerm } from '../documents/terms.js';
import { wordsOf } from '../documents/words.js';
import type { SoughtWord } from './sought-words.js';

/** Offsets into a text: from the first character to behind the last. */
export type TextRange = [start: number, end: number];

/** How much of a query a text says in the same words, and where. */
export interface WordMatches {
  /** The part of the query's words that are there, 0..1. */
  coverage: number;
  ranges: TextRange[];
}

/**
 * Finds a query's words in a text in whatever form they have there: what the keyword search finds by them.
 * Neighbours with nothing but a space or a hyphen between them are one range.
 *
 * @param language of the document, a BCP 47 tag; null where it is not known
 */
export function matchWords(text: string, words: SoughtWord[], language: string | null): WordMatches {
  const wanted = new Map<string, SoughtWord[]>();
  const own = stemmingOf(language);
  for (const word of words) {
    for (const { term, stemming } of word.terms) {
      if (stemming === own) wanted.set(term, [...(wanted.get(term) ?? []), word]);
    }
  }
  const found = new Set<SoughtWord>();
  const ranges: TextRange[] = [];
  for (const { start, end } of wordsOf(text)) {
    const matching = wanted.get(stemmedTerm(text.slice(start, end), own));
    if (!matching) continue;
    for (const word of matching) found.add(word);
    const last = ranges.at(-1);
    if (last && isJoining(text.slice(last[1], start))) last[1] = end;
    else ranges.push([start, end]);
  }
  return { coverage: words.length === 0 ? 0 : found.size / words.length, ranges };
}

/** Nothing is between words in scripts without spaces. */
function isJoining(between: string): boolean {
  return /^[ \u2010-]?$/.test(between);
}
