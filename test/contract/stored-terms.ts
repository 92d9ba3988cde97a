import { expect, it } from 'vitest';
import type { IndexUnderTest } from './use-stored-index.js';

/** The contract of `StoredTerms`. */
export function testStoredTerms(index: IndexUnderTest): void {
  const { put } = index;

  it('knows the words that documents have, and completes what is begun', async () => {
    const { terms } = index.storage;
    await put(
      { id: 'a', text: 'Ferry ferry Ferries' },
      { id: 'b', text: 'ferry' },
      { id: 'c', text: 'Février', language: 'fr' },
    );
    expect(await terms.wordsFrom('fe', 10)).toEqual([
      { word: 'ferry', term: 'ferri', stemming: 'english' },
      { word: 'ferries', term: 'ferri', stemming: 'english' },
      { word: 'fevrier', term: 'fevri', stemming: 'french' },
    ]);
    expect(await terms.wordsFrom('ferr', 1)).toHaveLength(1);
    const [ferry, fevrier] = await terms.termsOfWords(['FERRIES', 'fevrier']);
    expect(ferry).toContainEqual({ term: 'ferri', stemming: 'english' });
    expect(fevrier).toContainEqual({ term: 'fevri', stemming: 'french' });
    expect(await terms.hasAny([{ term: 'fevri', stemming: 'english' }])).toBe(false);
    expect(await terms.hasAny([])).toBe(false);
  });
}
