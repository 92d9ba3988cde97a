import { expect, it } from 'vitest';
import type { IndexUnderTest } from './use-stored-index.js';

/** The contract of `StoredSites`. */
export function testStoredSites(index: IndexUnderTest): void {
  const { put } = index;

  it('learns what the furniture of a site is', async () => {
    const { sites, documents } = index.storage;
    const page = { site: 'x.org', headings: [], pages: [] };
    const footer = 'Impressum, Kontakt und was sonst auf jeder Seite steht';
    const keys = await put(
      ...Array.from({ length: 6 }, (_, number) => ({
        id: `p${number}`,
        text: `${`Eine Seite ${'abcdef'.charAt(number).repeat(9)} mit eigenem Text. `.repeat(9)}\n\n${footer}`,
        page,
      })),
    );
    expect((await documents.page(keys[0] ?? 0))?.parsed.site).toBe('x.org');
    expect(await sites.learn()).toEqual(['x.org']);
    expect(await sites.pages('x.org', keys[1] ?? 0, 2)).toEqual([keys[2], keys[3]]);
    await sites.tidied('x.org');
    expect(await sites.learn()).toEqual([]);
  });
}
