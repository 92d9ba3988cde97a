import { mostOf, type WeighedWord } from '../keyword-index/weigh-words.js';

/** Where words have fewer postings than these together, all are read. */
export const MANY_POSTINGS = 20_000;

/**
 * What the other words can give, as a part of what the essential ones can: the best documents with the latter score more
 * than that.
 */
const LEFT_PART = 0.3;

/** Documents that have an essential word, for each that is wanted: some have a poor one. */
const DOCUMENTS_PER_WANTED = 2;

/** A word, and how many documents have it. */
export interface CountedWord extends WeighedWord {
  documents: number;
}

/**
 * The words without which a document is hardly among the best: the rarest, whose postings are all read. Null where reading
 * all is as well.
 */
export function essentialWords(
  words: CountedWord[],
  limit: number,
  manyPostings: number = MANY_POSTINGS,
): { essential: WeighedWord[]; others: WeighedWord[] } | null {
  if (words.reduce((sum, { documents }) => sum + documents, 0) < manyPostings) return null;
  const rarest = words.toSorted((a, b) => b.weight - a.weight);
  let documents = 0;
  for (const [place, word] of rarest.entries()) {
    documents += word.documents;
    const [essential, others] = [rarest.slice(0, place + 1), rarest.slice(place + 1)];
    const areEnough = documents >= limit * DOCUMENTS_PER_WANTED;
    if (others.length > 0 && areEnough && mostOf(others) < LEFT_PART * mostOf(essential))
      return { essential, others };
  }
  return null;
}
