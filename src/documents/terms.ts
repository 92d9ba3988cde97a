import { stemmerOf, stemmingOf } from './stem.js';
import { fold, wordsOf } from './words.js';

/** A longer one is no word of a language but a run of characters. In UTF-16 units. */
const LONGEST_STEMMED = 64;
/** Words of one stemming whose terms are kept: most words of a text are among the most frequent of its language. */
const KEPT_WORDS = 20_000;
const known = new Map<string, Map<string, string>>();

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
  const terms = known.get(stemming) ?? new Map<string, string>();
  known.set(stemming, terms);
  const kept = terms.get(word);
  if (kept !== undefined) return kept;
  const stem = stemmerOf(stemming);
  const lower = word.normalize('NFC').toLowerCase();
  const term = fold(word.length > LONGEST_STEMMED ? lower : stem(lower) || lower);
  if (terms.size >= KEPT_WORDS) terms.clear();
  terms.set(copyOf(word), copyOf(term));
  return term;
}

/** A part of a text holds all of the text in memory as long as it is kept (in V8); a copy does not. */
function copyOf(part: string): string {
  return Buffer.from(part).toString();
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
