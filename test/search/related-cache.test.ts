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
  it('finds an answer once, until the index changes', async () => {
    const cache = new RelatedCache();
    let found = 0;
    const ask = async (revision: string): Promise<string | undefined> =>
      (await cache.answer('one', revision, async () => answerOf(`found ${++found}`))).duplicates[0]?.id;
    const ids = [await ask('1'), await ask('1'), await ask('2'), await ask('2')];
    expect(ids).toEqual(['found 1', 'found 1', 'found 2', 'found 2']);
  });

  it('keeps no answer that was found while the index changed', async () => {
    const cache = new RelatedCache();
    let told: (answer: RelatedAnswer) => void = () => undefined;
    const slow = cache.answer('one', '1', () => new Promise((resolve) => (told = resolve)));
    await cache.answer('two', '2', async () => answerOf('two'));
    told(answerOf('old'));
    await slow;
    const { duplicates } = await cache.answer('one', '2', async () => answerOf('new'));
    expect(duplicates[0]?.id).toBe('new');
  });

  it('keeps its answers from what callers do to theirs', async () => {
    const cache = new RelatedCache();
    for (let turn = 0; turn < 3; turn++) {
      const { duplicates } = await cache.answer('one', '1', async () => answerOf('one'));
      expect(duplicates).toEqual([{ id: 'one', title: null, url: null }]);
      duplicates.pop();
    }
  });

  it('forgets the answer that was not asked for the longest when it is full', async () => {
    const cache = new RelatedCache();
    const third = 'x'.repeat(6_000_000);
    const found: string[] = [];
    const ask = (name: string): Promise<RelatedAnswer> =>
      cache.answer(name, '1', async () => {
        found.push(name);
        return answerOf(name, third);
      });
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(name);
    expect(found).toEqual(['a', 'b', 'c', 'b']);
  });
});
