import { describe, expect, it } from 'vitest';
import { type CountedWord, essentialWords } from '../../src/postgres/essential-words.js';

function word(term: number, weight: number, documents: number): CountedWord {
  return { terms: [term], weight, documents };
}

/** The essential terms of each way to part words. */
function essentialTerms(words: CountedWord[], limit: number): number[][] {
  return essentialWords(words, limit).map(({ essential }) => essential.flatMap(({ terms }) => terms));
}

const [the, of, ferry, orchard, harbour] = [
  word(1, 0.1, 90_000),
  word(2, 0.2, 70_000),
  word(3, 7, 3_000),
  word(4, 8, 200),
  word(5, 7.5, 500),
];

describe('the essential words of a query', () => {
  it('are the rarest, then more of them', () => {
    expect(essentialTerms([the, ferry, of, orchard], 10)).toEqual([[4, 3]]);
    expect(essentialTerms([the, orchard, of], 10)).toEqual([[4]]);
    expect(essentialTerms([the, orchard, of, word(6, 1, 4_000)], 10)).toEqual([[4], [4, 6]]);
  });

  it('have enough documents for what is wanted', () => {
    const some = [the, of, orchard, word(6, 1, 4_000)];
    expect(essentialTerms(some, 100)).toEqual([[4], [4, 6]]);
    expect(essentialTerms(some, 101)).toEqual([[4, 6]]);
    expect(essentialTerms(some, 5_000)).toEqual([]);
  });

  it('outweigh the others, and each time there is far more to read', () => {
    expect(essentialTerms([the, of, orchard, harbour, ferry], 10)).toEqual([[4, 5, 3]]);
    expect(essentialTerms([the, of, orchard, word(6, 1, 300)], 10)).toEqual([[4]]);
  });

  it('are not told apart where little is to be read, or all are as common', () => {
    expect(essentialTerms([ferry, orchard], 10)).toEqual([]);
    expect(essentialTerms([the, of], 10)).toEqual([]);
    expect(essentialTerms([the], 10)).toEqual([]);
    expect(essentialTerms([], 10)).toEqual([]);
  });
});
