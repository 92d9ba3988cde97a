import { expect, it } from 'vitest';
import { made } from './made-documents.js';
import type { IndexUnderTest } from './use-stored-index.js';

/** A text of many words, for versions: so many are changed. */
function story(changed = 0): string {
  return Array.from({ length: 120 }, (_, place) => (place < changed ? `other${place}` : `word${place}`)).join(
    ' ',
  );
}

/** The contract of `StoredVersions`. */
export function testStoredVersions(index: IndexUnderTest): void {
  const { put } = index;

  it('keeps versions of one story together, the newest first', async () => {
    const { versions } = index.storage;
    const [a = 0, b = 0, c = 0, other = 0] = await put(
      { id: 'a', text: story() },
      { id: 'b', text: story(2), publishedAt: '2025-01-01' },
      { id: 'c', text: story(3), publishedAt: '2025-01-02' },
      { id: 'other', text: 'something else' },
    );
    expect(await versions.groupOf(a)).toEqual([c, b, a]);
    expect(await versions.groupOf(other)).toEqual([other]);
    expect(await versions.groupsOf([b, other, 1e9])).toEqual(new Map([[b, [c, b, a]]]));
    const { text, signature, vectors } = made({ id: 'd', text: story(1) });
    const found = await index.storage.versionsOf({ key: null, text, signature, vectors: vectors ?? [] });
    expect(found.toSorted((x, y) => x - y)).toEqual([a, b, c]);
    await index.sink.remove(['b', 'c']);
    expect(await versions.groupsOf([a])).toEqual(new Map());
  });
}
