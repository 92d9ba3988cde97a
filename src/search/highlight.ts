import { wordsOf } from '../documents/words.js';
import { stemOf } from './query-words.js';

/** Offsets into a text: from the first character to behind the last. */
export type TextRange = [start: number, end: number];

/** How much of a query a text says in the same words, and where. */
export interface WordMatches {
  /** The part of the query's words that are there, 0..1. */
  coverage: number;
  ranges: TextRange[];
}

/**
 * Finds a query's words in a text in whatever form they have there. Neighbours with nothing but a space or a
 * hyphen between them are one range.
 */
export function matchWords(text: string, words: string[]): WordMatches {
  const wanted = new Set(words.map(stemOf));
  const found = new Set<string>();
  const ranges: TextRange[] = [];
  for (const { folded, start, end } of wordsOf(text)) {
    const stem = stemOf(folded);
    if (!wanted.has(stem)) continue;
    found.add(stem);
    const last = ranges.at(-1);
    if (last && /^[ \u2010-]$/.test(text.slice(last[1], start))) last[1] = end;
    else ranges.push([start, end]);
  }
  return { coverage: wanted.size === 0 ? 0 : found.size / wanted.size, ranges };
}
