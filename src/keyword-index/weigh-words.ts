import type { SoughtTerm } from '../storage/match-terms.js';
import type { NumberedTerm } from '../storage/term-count-store.js';
import { idf, idfOfFts5, MOST_OF_A_TERM } from './bm25.js';

/** A word of a query as it is scored: by the best of its terms. */
export interface WeighedWord {
  /** What a document scores that has nothing but this word. */
  weight: number;
  /** Their numbers. */
  terms: number[];
}

/** What is known of terms. */
export interface Vocabulary {
  numbersOf(term: string): NumberedTerm[];
  /** How many documents have any of these terms. */
  having(terms: NumberedTerm[]): number;
  /** How many documents there are. */
  all: number;
}

/** So many words of a query are weighed one by one; of one that is longer, the rest is taken for as rare as they are. */
const MOST_WEIGHED = 32;

/** Where the idf of FTS5 is nearly that of Lucene, it is used. */
const SAME_ENOUGH = 1.1;

/**
 * Weighs the words of a query: each is as rare as all of its terms together, and each term counts in its own languages
 * alone.
 *
 * @param words each as the terms that it may go by
 * @returns `ceiling`: what no document exceeds, if it has every word ever so often
 */
export function weighWords(
  words: SoughtTerm[][],
  vocabulary: Vocabulary,
): { weighed: WeighedWord[]; ceiling: number } {
  const oneByOne = words.slice(0, MOST_WEIGHED);
  const weighed: WeighedWord[] = [];
  let ceiling = 0;
  for (const sought of oneByOne) {
    const terms = termsOf(sought, vocabulary);
    const rarity = idf(vocabulary.having(terms.flatMap(({ own }) => own)), vocabulary.all);
    ceiling += MOST_OF_A_TERM * rarity;
    const [only, ...others] = terms;
    const isAlone = only && others.length === 0 && only.own.length === only.anywhere.length;
    const asFts5 = isAlone ? idfOfFts5(vocabulary.having(only.anywhere), vocabulary.all) : 0;
    const weight = MOST_OF_A_TERM * (rarity < SAME_ENOUGH * asFts5 ? asFts5 : rarity);
    weighed.push({ weight, terms: terms.flatMap(({ own }) => own.map(({ id }) => id)) });
  }
  for (const { term } of words.slice(MOST_WEIGHED).flat()) {
    const anywhere = vocabulary.numbersOf(term);
    const weight = MOST_OF_A_TERM * idfOfFts5(vocabulary.having(anywhere), vocabulary.all);
    weighed.push({ weight, terms: anywhere.map(({ id }) => id) });
  }
  return {
    weighed: weighed.filter(({ terms }) => terms.length > 0),
    ceiling: (ceiling * words.length) / Math.max(1, oneByOne.length),
  };
}

/** Those of a word's terms that documents have: in each way of stemming in which it is sought, and in all. */
function termsOf(
  sought: SoughtTerm[],
  vocabulary: Vocabulary,
): { own: NumberedTerm[]; anywhere: NumberedTerm[] }[] {
  return [...new Set(sought.map(({ term }) => term))]
    .map((term) => {
      const ways = new Set(sought.filter((one) => one.term === term).map(({ stemming }) => stemming));
      const anywhere = vocabulary.numbersOf(term);
      return { own: anywhere.filter(({ stemming }) => ways.has(stemming)), anywhere };
    })
    .filter(({ own }) => own.length > 0);
}

/** What no document exceeds by these words. */
export function mostOf(words: WeighedWord[]): number {
  return words.reduce((sum, { weight }) => sum + weight, 0);
}

/** Each addend of a score is rounded to what is left of it beside this number: then sums do not depend on their order. */
export function roundingUnit(words: WeighedWord[]): number {
  const most = mostOf(words);
  return most > 0 ? 2 ** (Math.floor(Math.log2(most)) + 1) : 1;
}
