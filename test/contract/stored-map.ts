import { expect, it } from 'vitest';
import { parseFilter } from '../../src/filter.js';
import type { IndexUnderTest } from './use-stored-index.js';

/** The contract of `StoredMap`, and of the rows that stories are made from. */
export function testStoredMap(index: IndexUnderTest): void {
  const { put } = index;

  it('gives the map and the stories what they need', async () => {
    const { storage } = index;
    const [b = 0, a = 0] = await put(
      { id: 'b', title: 'Bee', url: 'u', source: 's', publishedAt: '2025-01-01' },
      { id: 'B', text: 'beginning '.repeat(40), language: 'fr' },
    );
    const states = await storage.map.states('', 10);
    expect(states.map(({ id, key }) => [id, key])).toEqual([
      ['B', a],
      ['b', b],
    ]);
    expect((await storage.map.vectors('', 10)).map(({ id }) => id)).toEqual(['B', 'b']);
    expect((await storage.map.vectors('B', 10))[0]?.vector).toEqual(
      (await storage.vectors.held.means([b])).get(b),
    );
    const empty = { source: null, language: null, publishedAt: null };
    expect(await storage.map.rows('', 10, null)).toEqual([
      { ...empty, key: a, id: 'B', title: null, language: 'fr', beginning: 'beginning '.repeat(16) },
      {
        key: b,
        id: 'b',
        title: 'Bee',
        source: 's',
        language: null,
        publishedAt: '2025-01-01',
        beginning: null,
      },
    ]);
    expect(await storage.map.rows('', 10, parseFilter({ source: 's' }))).toHaveLength(1);
    const [newest, oldest] = await storage.storyRows(5);
    expect(newest).toEqual({
      key: b,
      id: 'b',
      title: 'Bee',
      url: 'u',
      source: 's',
      publishedAt: '2025-01-01',
      publishedMs: Date.parse('2025-01-01'),
      group: -b,
      lastPassage: states[1]?.lastPassage,
    });
    expect(oldest?.id).toBe('B');
    expect(await storage.storyRows(1)).toHaveLength(1);
  });
}
