import { keyOf, type SoughtTerm } from '../storage/match-terms.js';
import type { StoredTerms } from '../storage/stored-index.js';
import { isTelling, type QueryWord } from './query-words.js';

/** Words with a common beginning are many; those in most documents are tried. */
const COMPLETIONS_READ = 64;
const MOST_COMPLETED_TERMS = 16;

/** A word of a query, and what a word in a document may go by that is a form of it. */
export interface SoughtWord {
  /** In lower case and without accents. */
  folded: string;
  /** As `termOf` gives them, each with the languages that it counts in. */
  terms: SoughtTerm[];
}

export interface BeginningOptions {
  /** The word that may be the beginning of one, folded; null where none is. */
  unfinished: string | null;
  /** Whether it is taken for one. Undefined: only where no document has the word itself. */
  prefix: boolean | undefined;
}

/** Looks up what the words of a query may go by, the last one as the beginning of a word where that is wanted. */
export async function soughtWords(
  words: QueryWord[],
  vocabulary: StoredTerms,
  { unfinished, prefix }: BeginningOptions,
): Promise<SoughtWord[]> {
  const known = await vocabulary.termsOfWords(words.map(({ written }) => written));
  return Promise.all(
    words.map(async ({ folded }, place) => {
      const terms = known[place] ?? [];
      const mayBegin = folded === unfinished && (prefix ?? !(await vocabulary.hasAny(terms)));
      if (!mayBegin) return { folded, terms };
      const beginning = await vocabulary.wordsFrom(folded, COMPLETIONS_READ);
      const completed = beginning
        .filter(({ word }) => isTelling(word))
        .map(({ term, stemming }) => ({ term, stemming }));
      return { folded, terms: [...terms, ...eachOnce(completed).slice(0, MOST_COMPLETED_TERMS)] };
    }),
  );
}

function eachOnce(terms: SoughtTerm[]): SoughtTerm[] {
  return [...new Map(terms.map((term) => [keyOf(term), term])).values()];
}
