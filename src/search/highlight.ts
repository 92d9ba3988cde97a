import { stemmingOf } from '../documents/stem.js';
import { eachWord } from '../documents/words.js';
import { SoughtTerms } from './sought-terms.js';
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
  return wordMatcher(words, stemmingOf(language))(text);
}

/**
 * What `matchWords` does, for many texts whose words are stemmed in one way.
 * @param stemming as `stemmingOf` gives it
 */
export function wordMatcher(words: SoughtWord[], stemming: string): (text: string) => WordMatches {
  const sought = new SoughtTerms(words, stemming);
  return (text) => {
    const found = new Set<number>();
    const ranges: TextRange[] = [];
    eachWord(text, (start, end) => {
      const places = sought.formOf(text.slice(start, end));
      if (places.length === 0) return;
      for (const place of places) found.add(place);
      const last = ranges.at(-1);
      if (last && isJoining(text.slice(last[1], start))) last[1] = end;
      else ranges.push([start, end]);
    });
    return { coverage: words.length === 0 ? 0 : found.size / words.length, ranges };
  };
}

/** Nothing is between words in scripts without spaces. */
function isJoining(between: string): boolean {
  return between.length < 2 && /^[ \u2010-]?$/.test(between);
}
