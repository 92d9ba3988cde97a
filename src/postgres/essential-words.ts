import { mostOf, type WeighedWord } from '../keyword-index/weigh-words.js';

/**
 * What the other words can give, as a part of what the essential ones can: the best documents with the latter score more
 * than that.
 */
const LEFT_PART = 0.3;

/** Documents that have an essential word, for each that is wanted: some have a poor one. */
const DOCUMENTS_PER_WANTED = 2;

/** Each time that the essential words were too few, so many times the postings are read: that costs little beside it. */
const WIDENING = 4;

/** A word, and how many documents have it. */
export interface CountedWord extends WeighedWord {
  documents: number;
}

/** The words of a query in two. */
export interface WordParts {
  /** Without one of them a document is hardly among the best: all of their postings are read. */
  essential: WeighedWord[];
  /** They are looked up in documents that have an essential one. */
  others: WeighedWord[];
}

export interface EssentialOptions {
  /** Where words have fewer postings together, all are read. Default: 20,000 */
  manyPostings?: number;
  /** Essential words have this part of all postings at most: looking a posting up costs more than reading it. Default: 1/8 */
  mostRead?: number;
}

/**
 * Ways to part the words of a query into the rarest and the others, the least work first: it is not known before whether what
 * the rarest find is enough. None where reading all postings is as well.
 */
export function essentialWords(
  words: CountedWord[],
  limit: number,
  { manyPostings = 20_000, mostRead = 1 / 8 }: EssentialOptions = {},
): WordParts[] {
  const postings = words.reduce((sum, { documents }) => sum + documents, 0);
  if (postings < manyPostings) return [];
  const rarest = words.toSorted((a, b) => b.weight - a.weight);
  const parts: WordParts[] = [];
  let documents = 0;
  let least = limit * DOCUMENTS_PER_WANTED;
  for (const [place, word] of rarest.slice(0, -1).entries()) {
    documents += word.documents;
    if (documents > postings * mostRead) break;
    const [essential, others] = [rarest.slice(0, place + 1), rarest.slice(place + 1)];
    if (documents < least || mostOf(others) >= LEFT_PART * mostOf(essential)) continue;
    parts.push({ essential, others });
    least = documents * WIDENING;
  }
  return parts;
}
