import { wordsOf } from '../documents/words.js';

/**
 * English words that say nothing about what is asked; a query of nothing else is taken as it is. There are none of
 * other languages: a few words don't tell what language they are in, and `die` or `war` are the subject in English.
 * BM25 makes little of words that most documents have, in any language.
 */
const STOP_WORDS = new Set(
  `a about after all also an and any are as at be because been before but by can could did do does for from had has
  have he her his how i if in into is it its just may me more most my no not of on one only or other our out over
  she should so some such than that the their them then there these they this to up us was we were what when where
  which while who whom whose why will with would you your`.split(/\s+/),
);

/** A word of a query. */
export interface QueryWord {
  /** In lower case and without accents. */
  folded: string;
  written: string;
}

/** The words of a query that tell documents apart, each once. */
export function queryWords(query: string): QueryWord[] {
  const words = wordsOf(query).map(({ folded, start, end }) => ({
    folded,
    written: query.slice(start, end),
  }));
  const all = [...new Map(words.map((word) => [word.folded, word])).values()];
  const telling = all.filter(({ folded }) => isTelling(folded));
  return telling.length > 0 ? telling : all;
}

/** Whether a word says something of what a text is about. */
export function isTelling(folded: string): boolean {
  return !STOP_WORDS.has(folded);
}
