import { expect, it } from 'vitest';
import { parseFilter } from '../../src/filter.js';
import type { IndexUnderTest } from './use-stored-index.js';

/** Filters, and which of three documents they let through. */
const FILTERS: [filter: unknown, ids: string[]][] = [
  [{ source: 'The Star' }, ['a']],
  [{ source: { ne: 'The Star' } }, ['b', 'c']],
  [{ not: { source: 'The Star' } }, ['b', 'c']],
  [{ source: { in: [] } }, []],
  [{ source: { nin: [] } }, ['a', 'b', 'c']],
  [{ source: { exists: false } }, ['c']],
  [{ and: [] }, ['a', 'b', 'c']],
  [{ or: [] }, []],
  [{ source: { gt: 'The' } }, ['a', 'b']],
  [{ source: { lt: 'a' } }, ['a']],
  [{ tags: 'x' }, ['a', 'b']],
  [{ tags: { ne: 'x' } }, ['c']],
  [{ tags: { in: ['y', 'q'] } }, ['b']],
  [{ tags: { exists: true } }, ['a', 'b']],
  [{ language: 'en' }, ['a', 'b']],
  [{ language: 'en-GB' }, ['b']],
  [{ language: { nin: ['en'] } }, ['c']],
  [{ publishedAt: '2025-07-16' }, ['a']],
  [{ publishedAt: { gt: '2025-07-16' } }, ['b']],
  [{ publishedAt: { lte: '2025-07-16' } }, ['a']],
  [{ publishedAt: { ne: '2025-07-16' } }, ['b', 'c']],
  [{ publishedAt: { nin: ['2025-07-16', '2025-07-17'] } }, ['c']],
  [{ publishedAt: { exists: false } }, ['c']],
  [{ 'metadata.n': 5 }, ['a']],
  [{ 'metadata.n': '5' }, ['b']],
  [{ 'metadata.n': { gte: 5 } }, ['a', 'b']],
  [{ 'metadata.n': { lt: '5' } }, ['a']],
  [{ 'metadata.deep.list': 2 }, ['a']],
  [{ 'metadata.deep': { exists: true } }, ['a', 'b']],
  [{ 'metadata.deep.list': { exists: true } }, ['a']],
  [{ 'metadata.deep.list.0': { exists: true } }, []],
  [{ 'metadata.yes': true }, ['a']],
  [{ 'metadata.yes': 1 }, ['a']],
  [{ 'metadata.yes': { exists: true } }, ['a', 'b']],
];

/** The contract of selections: filters and phrases. */
export function testSelections(index: IndexUnderTest): void {
  const { filtered, found, put } = index;

  it('lets documents through by their fields', async () => {
    await put(
      {
        id: 'a',
        source: 'The Star',
        tags: ['x'],
        language: 'en',
        publishedAt: '2025-07-16T23:59:59.999Z',
        metadata: { n: 5, deep: { list: [1, 2, null] }, yes: true },
      },
      {
        id: 'b',
        source: 'the star',
        tags: ['y', 'x'],
        language: 'en-GB',
        publishedAt: '2025-07-17',
        metadata: { n: '5', deep: { list: [], other: 'text' }, yes: false },
      },
      { id: 'c', language: 'eng', metadata: { n: null, yes: null } },
    );
    for (const [filter, ids] of FILTERS) expect(await filtered(filter), JSON.stringify(filter)).toEqual(ids);
  });

  it('finds phrases in whatever form of their words, and leaves out what has others', async () => {
    await put(
      { id: 'a', title: 'Night', text: 'ferries cross the bay' },
      { id: 'b', title: 'Crossing', text: 'the bay at night, a ferry crosses' },
      { id: 'c', language: 'fr', text: 'La gare du Nord est fermée' },
    );
    expect(await found({ phrases: ['ferry crosses'] })).toEqual(['a', 'b']);
    expect(await found({ phrases: ['crossing the bay'] })).toEqual(['a']);
    expect(await found({ phrases: ['night ferries'] })).toEqual([]);
    expect(await found({ phrases: ['gares'] })).toEqual(['c']);
    expect(await found({ phrases: ['est fermee'] })).toEqual(['c']);
    expect(await found({ phrases: ['ferry'], excluded: ['cross the bay'] })).toEqual(['b']);
    expect(await found({ excluded: ['ferry', 'nothing'] })).toEqual(['c']);
    expect(await found({ phrases: ['…', '"'] })).toEqual(['a', 'b', 'c']);
    const filter = parseFilter({ language: 'fr' });
    expect(await found({ filter, phrases: ['ferry'] })).toEqual([]);
    expect(await found({ filter, excluded: ['ferry'] })).toEqual(['c']);
  });

  it('finds phrases in long documents of few words, wherever they stand', async () => {
    const many = Array.from({ length: 3_000 }, (_, place) => `la${place % 7}`);
    many.splice(2_990, 0, 'blue', 'lighthouse');
    many.splice(255, 0, 'red', 'lighthouse');
    await put({ id: 'long', text: many.join(' ') }, { id: 'same', text: 'la '.repeat(20_000) });
    expect(await found({ phrases: ['red lighthouse'] })).toEqual(['long']);
    expect(await found({ phrases: ['blue lighthouse'] })).toEqual(['long']);
    expect(await found({ phrases: ['green lighthouse'] })).toEqual([]);
    expect(await found({ phrases: ['la la la la'] })).toEqual(['same']);
  });
}
