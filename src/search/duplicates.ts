import { wordsOf } from './words.js';

/** Documents whose mean vectors are further apart are not compared word by word. */
export const DUPLICATE_COSINE = 0.7;

const SHINGLE_WORDS = 3;
/** Of two texts one of which is the other with a tenth of the words changed, more than this is shared. */
const DUPLICATE_SHARE = 0.4;

/**
 * Whether two texts are versions of one, by their shingles: the Jaccard index of the two sets (Broder, "On the
 * resemblance and containment of documents", 1997).
 */
export function areNearDuplicates(one: Set<string>, other: Set<string>): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  // Even if all of the shorter were in the longer, it would not be enough.
  if (few.size < many.size * DUPLICATE_SHARE) return false;
  let shared = 0;
  for (const shingle of few) if (many.has(shingle)) shared++;
  return shared / (one.size + other.size - shared) >= DUPLICATE_SHARE;
}

/** The three words in a row that a text has, each once. */
export function shinglesOf(text: string): Set<string> {
  const words = wordsOf(text).map(({ folded }) => folded);
  const shingles = new Set<string>();
  for (let i = 0; i <= Math.max(0, words.length - SHINGLE_WORDS); i++) {
    shingles.add(words.slice(i, i + SHINGLE_WORDS).join(' '));
  }
  return shingles;
}

/** One document with those that are versions of it, the best-ranked first. */
export interface DuplicateGroup {
  document: number;
  duplicates: number[];
}

/**
 * Folds a ranking: each document that is a version of a better-ranked one goes to that one.
 * @param alike whether two documents are versions of one
 */
export function foldDuplicates(
  ranking: number[],
  alike: (document: number, better: number) => boolean,
): DuplicateGroup[] {
  const groups: DuplicateGroup[] = [];
  for (const document of ranking) {
    const group = groups.find((candidate) => alike(document, candidate.document));
    if (group) group.duplicates.push(document);
    else groups.push({ document, duplicates: [] });
  }
  return groups;
}
