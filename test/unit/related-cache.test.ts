import { describe, expect, it } from 'vitest';
import type { RelatedAnswer } from '../../src/search/answer.js';
import { RelatedCache } from '../../src/search/related-cache.js';

const answerOf = (id: string, title: string | null = null): RelatedAnswer => ({
  limit: 10,
  hits: [],
  duplicates: [{ id, title, url: null }],
  processingTimeMs: 0,
});

describe('RelatedCache', () => {
  it('finds an answer once, until the index changes', () => {
    const cache = new RelatedCache();
    let found = 0;
    const ask = (revision: string): string | undefined =>
      cache.answer('one', revision, () => answerOf(`found ${++found}`)).duplicates[0]?.id;
    expect([ask('1'), ask('1'), ask('2'), ask('2')]).toEqual(['found 1', 'found 1', 'found 2', 'found 2']);
  });

  it('keeps its answers from what callers do to theirs', () => {
    const cache = new RelatedCache();
    for (let turn = 0; turn < 3; turn++) {
      const { duplicates } = cache.answer('one', '1', () => answerOf('one'));
      expect(duplicates).toEqual([{ id: 'one', title: null, url: null }]);
      duplicates.pop();
    }
  });

  it('forgets the answer that was not asked for the longest when it is full', () => {
    const cache = new RelatedCache();
    const third = 'x'.repeat(6_000_000);
    const found: string[] = [];
    const ask = (name: string): RelatedAnswer =>
      cache.answer(name, '1', () => {
        found.push(name);
        return answerOf(name, third);
      });
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) ask(name);
    expect(found).toEqual(['a', 'b', 'c', 'b']);
  });
});
