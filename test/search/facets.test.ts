import { describe, expect, it } from 'vitest';
import { countFacets, ValueCounts } from '../../src/search/facets.js';

const row = (language: string | null, tags: string[] = [], author: string | null = null) => ({
  source: null,
  author,
  language,
  tags,
});

describe('countFacets', () => {
  it('counts each value of each field, a language with its regions, and nothing that is not known', async () => {
    const rows = [row('en-GB', ['sea', 'ship']), row('en', ['ship']), row('de-AT', [], 'Ann'), row(null)];
    expect(await countFacets(['language', 'tags', 'author', 'source'], async () => rows)).toEqual({
      language: { en: 2, de: 1 },
      tags: { ship: 2, sea: 1 },
      author: { Ann: 1 },
      source: {},
    });
  });

  it('leaves a hyphen in other fields alone', async () => {
    expect(await countFacets(['author'], async () => [row(null, [], 'Jean-Luc')])).toEqual({
      author: { 'Jean-Luc': 1 },
    });
  });

  it('reads no documents for no fields', async () => {
    const documents = (): Promise<never> => Promise.reject(new Error('They were read.'));
    expect(await countFacets([], documents)).toEqual({});
  });
});

describe('ValueCounts', () => {
  it('gives the most frequent first, then by the alphabet, and at most so many', () => {
    const counts = new ValueCounts('tags');
    for (const tags of [['b', 'c'], ['c', 'a'], ['c', 'b', 'a'], ['d']]) counts.add(row(null, tags));
    expect(Object.entries(counts.most())).toEqual([
      ['c', 3],
      ['a', 2],
      ['b', 2],
      ['d', 1],
    ]);
    expect(Object.entries(counts.most(2))).toEqual([
      ['c', 3],
      ['a', 2],
    ]);
    expect(counts.size).toBe(4);
  });
});
