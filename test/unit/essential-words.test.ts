import { describe, expect, it } from 'vitest';
import { type CountedWord, essentialWords } from '../../src/postgres/essential-words.js';

function word(term: number, weight: number, documents: number): CountedWord {
  return { terms: [term], weight, documents };
}

function essentialTerms(words: CountedWord[], limit: number): number[] | undefined {
  return essentialWords(words, limit)?.essential.flatMap(({ terms }) => terms);
}

describe('essentialWords', () => {
  const [the, of, ferry, orchard] = [
    word(1, 0.1, 90_000),
    word(2, 0.2, 70_000),
    word(3, 9, 300),
    word(4, 8, 20),
  ];

  it('are the rarest, as many as hold the documents that are wanted', () => {
    expect(essentialTerms([the, of, ferry, orchard], 10)).toEqual([3, 4]);
    expect(essentialTerms([the, ferry, of], 100)).toEqual([3]);
    expect(essentialTerms([the, ferry, of], 1_000)).toEqual([3, 2]);
  });

  it('are not told apart where little is to be read, or all are as common', () => {
    expect(essentialTerms([ferry, orchard], 10)).toBeUndefined();
    expect(essentialTerms([the, of], 10)).toBeUndefined();
    expect(essentialTerms([the], 10)).toBeUndefined();
    expect(essentialTerms([], 10)).toBeUndefined();
  });
});
