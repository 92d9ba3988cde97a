import { keepsBeginnings, stemmingOf } from '../documents/stem.js';
import { stemmedTerm } from '../documents/terms.js';
import { eachWord } from '../documents/words.js';
import type { SoughtWord } from './sought-words.js';

const ASCII_END = 0x80;

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
  const wanted = new Map<string, SoughtWord[]>();
  for (const word of words) {
    for (const { term, stemming: own } of word.terms) {
      if (own === stemming) wanted.set(term, [...(wanted.get(term) ?? []), word]);
    }
  }
  const mayBegin = keepsBeginnings(stemming) ? beginningsOf([...wanted.keys()]) : null;
  return (text) => {
    const found = new Set<SoughtWord>();
    const ranges: TextRange[] = [];
    eachWord(text, (start, end) => {
      // Most words are told apart by their first letter: stems are made of the others alone.
      const first = text.charCodeAt(start);
      if (first < ASCII_END && mayBegin?.[first] === 0) return;
      const matching = wanted.get(stemmedTerm(text.slice(start, end), stemming));
      if (!matching) return;
      for (const word of matching) found.add(word);
      const last = ranges.at(-1);
      if (last && isJoining(text.slice(last[1], start))) last[1] = end;
      else ranges.push([start, end]);
    });
    return { coverage: words.length === 0 ? 0 : found.size / words.length, ranges };
  };
}

/** For each ASCII character, 1 where words begin with it that go by one of these terms. */
function beginningsOf(terms: string[]): Uint8Array {
  const beginnings = new Uint8Array(ASCII_END);
  for (const term of terms) {
    for (const letter of [term.charAt(0), term.charAt(0).toUpperCase()]) {
      const unit = letter.charCodeAt(0);
      if (unit < ASCII_END) beginnings[unit] = 1;
    }
  }
  return beginnings;
}

/** Nothing is between words in scripts without spaces. */
function isJoining(between: string): boolean {
  return between.length < 2 && /^[ \u2010-]?$/.test(between);
}
