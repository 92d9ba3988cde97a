import { groupBy } from '../group-by.js';

/** What a word, or words in a row, may go by in documents whose words are stemmed in one way. */
export interface SoughtTerm {
  /** Several with a space between stand in a row. */
  term: string;
  /** As `stemmingOf` gives it: in another language the same letters may be another word. */
  stemming: string;
}

/** One text for a term and a way of stemming. */
export function keyOf({ term, stemming }: SoughtTerm): string {
  return `${stemming} ${term}`;
}

/**
 * What FTS5 is asked for documents with any of some terms. Terms and ways of stemming are of letters, digits and marks
 * alone: nothing in them is syntax.
 */
export function matchAny(terms: SoughtTerm[]): string {
  return Array.from(
    groupBy(terms, ({ term }) => term),
    ([term, own]) =>
      `({title text} : "${term}" AND stemming : (${own.map(({ stemming }) => `"${stemming}"`).join(' OR ')}))`,
  ).join(' OR ');
}
