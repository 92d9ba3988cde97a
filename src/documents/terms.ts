import { RecentlyUsed } from '../recently-used.js';
import { stemmerOf, stemmingOf } from './stem.js';
import { copyOf, fold, wordsOf } from './words.js';

/** A longer one is no word of a language but a run of characters. In UTF-16 units. */
const LONGEST_STEMMED = 64;
/** Words of one stemming whose terms are kept: most words of a text are among the most frequent of its language. */
const KEPT_WORDS = 40_000;
const known = new Map<string, RecentlyUsed<string, string>>();

/**
 * What a word goes by in the keyword index: its stem in the language of its document, without accents. The accents
 * are taken off last, since endings are told by them.
 *
 * @param word as it is written
 * @param language of the document, a BCP 47 tag; English where it is null
 */
export function termOf(word: string, language: string | null): string {
  return stemmedTerm(word, stemmingOf(language));
}

/** The same for a way of stemming, as `stemmingOf` names it. */
export function stemmedTerm(word: string, stemming: string): string {
  if (word.length > LONGEST_STEMMED) return fold(lowerCase(word));
  const kept = known.get(stemming)?.get(word);
  if (kept !== undefined) return kept;
  const lower = lowerCase(word);
  const term = copyOf(fold(stemmerOf(stemming)(lower) || lower));
  const terms = known.get(stemming) ?? new RecentlyUsed<string, string>(KEPT_WORDS);
  known.set(stemming, terms);
  terms.set(copyOf(word), term);
  return term;
}

function lowerCase(word: string): string {
  return word.normalize('NFC').toLowerCase();
}

/** A word of a text as it is looked up: as people type it, and as the keyword index knows it. */
export interface TermOfText {
  /** In lower case and without accents. */
  folded: string;
  term: string;
}

/** The words of a text in order, with their terms. */
export function termsOf(text: string, language: string | null): TermOfText[] {
  const stemming = stemmingOf(language);
  return wordsOf(text).map(({ folded, start, end }) => ({
    folded,
    term: stemmedTerm(text.slice(start, end), stemming),
  }));
}
