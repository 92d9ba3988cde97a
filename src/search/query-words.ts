import { wordsOf } from '../documents/words.js';

/** English words that say nothing about what is asked; a query of nothing else is taken as it is. */
const STOP_WORDS = new Set(
  `a about after all also an and any are as at be because been before but by can could did do does for from had has
  have he her his how i if in into is it its just may me more most my no not of on one only or other our out over
  she should so some such than that the their them then there these they this to up us was we were what when where
  which while who whom whose why will with would you your`.split(/\s+/),
);

/** The words of a query that tell documents apart, each once. */
export function queryWords(query: string): string[] {
  const all = [...new Set(wordsOf(query).map(({ folded }) => folded))];
  const telling = all.filter(isTelling);
  return telling.length > 0 ? telling : all;
}

/** Whether a word says something of what a text is about. */
export function isTelling(folded: string): boolean {
  return !STOP_WORDS.has(folded);
}

/** The beginning that forms of a word share: endings of English number, person and tense are taken off. */
export function stemOf(folded: string): string {
  if (folded.length < 4) return folded;
  const stem = folded.replace(/(?:ational|ations?|ments?|ings?|ers?|ies|ied|ed|es|s|ly|y|e)$/, '');
  return stem.length >= 3 ? stem : folded;
}
