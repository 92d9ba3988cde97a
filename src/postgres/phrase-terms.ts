import { termsOf } from '../documents/terms.js';
import type { SoughtTerm } from '../storage/match-terms.js';
import { storableTerm } from './storable-term.js';

/**
 * A tsvector keeps at most 256 places of a word. Parts of so many words lose none; they overlap, so that a phrase which
 * is no longer than that stands in one of them.
 */
const WORDS_OF_PART = 256;
const OVERLAP = 64;

/** The words in which phrases are sought. */
export interface PhraseText {
  title: string | null;
  text: string;
  /** A BCP 47 tag; null where it is not known. */
  language: string | null;
}

/** The terms of a document in their order as tsvectors, the title apart from the text. */
export function termParts({ title, text, language }: PhraseText): string[] {
  return [title ?? '', text].flatMap((whole) => {
    const terms = termsOf(whole, language).map(({ term }) => storableTerm(term));
    const parts: string[] = [];
    for (let first = 0; first < terms.length; first += WORDS_OF_PART - OVERLAP) {
      parts.push(vectorOf(terms.slice(first, first + WORDS_OF_PART)));
      if (first + WORDS_OF_PART >= terms.length) break;
    }
    return parts;
  });
}

function vectorOf(terms: string[]): string {
  const places = new Map<string, number[]>();
  for (const [index, term] of terms.entries()) {
    const own = places.get(term) ?? [];
    own.push(index + 1);
    places.set(term, own);
  }
  return Array.from(places, ([term, own]) => `${quoted(term)}:${own.join(',')}`).join(' ');
}

/** What a tsvector is asked for that has a term, or terms in a row. */
export function phraseQuery({ term }: Pick<SoughtTerm, 'term'>): string {
  return term
    .split(' ')
    .map((word) => quoted(storableTerm(word)))
    .join(' <-> ');
}

function quoted(term: string): string {
  return `'${term.replace(/['\\]/g, (sign) => sign + sign)}'`;
}
