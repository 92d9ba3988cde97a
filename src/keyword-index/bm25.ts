/** Okapi BM25 (Robertson and Zaragoza, 2009) with the parameters of SQLite's FTS5. */
const K1 = 1.2;
const B = 0.75;

/** A term that is everywhere in a text scores so many times its idf. */
export const MOST_OF_A_TERM = K1 + 1;

/** What FTS5 takes for the idf of a term that half of the documents have, or more. */
const LEAST_IDF = 1e-6;

/** As Lucene has it: a word that most documents have counts for little, and not for nothing. */
export function idf(having: number, all: number): number {
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}

/** As FTS5 has it. */
export function idfOfFts5(having: number, all: number): number {
  return Math.max(LEAST_IDF, Math.log((all - having + 0.5) / (having + 0.5)));
}

/**
 * A count is saturated to `count / (count + base + perWord · length)`, which is below 1.
 * @param averageLength of all documents, in words
 */
export function saturation(averageLength: number): { base: number; perWord: number } {
  return { base: K1 * (1 - B), perWord: averageLength > 0 ? (K1 * B) / averageLength : 0 };
}
