import { describe, expect, it } from 'vitest';
import { vectorOfText } from './made-documents.js';
import type { OpenedIndex } from './opened-index.js';
import { testSelections } from './selections.js';
import { testStoredDocuments } from './stored-documents.js';
import { testStoredFiles } from './stored-files.js';
import { testStoredMap } from './stored-map.js';
import { testStoredSites } from './stored-sites.js';
import { testStoredTerms } from './stored-terms.js';
import { testStoredVectors } from './stored-vectors.js';
import { testStoredVersions } from './stored-versions.js';
import { useStoredIndex } from './use-stored-index.js';

/**
 * What every stored index does, whichever way it stores.
 * @param open an empty one
 */
export function describeStoredIndex(name: string, open: () => Promise<OpenedIndex>): void {
  describe(name, () => {
    const index = useStoredIndex(open);
    const { found, put } = index;

    it('is empty before anything is stored', async () => {
      const { storage, semantic, keywords } = index;
      expect(await storage.documents.counts()).toEqual({ documents: 0, passages: 0 });
      expect(await storage.vectors.count()).toBe(0);
      expect(await storage.vectors.after(0, 10)).toEqual([]);
      expect(await storage.documents.get('none')).toBeNull();
      expect(await storage.documents.keyOf('none')).toBeNull();
      expect(await semantic.nearest(vectorOfText('x'), 10, null)).toEqual(new Map());
      expect(await semantic.about(vectorOfText('x'), 10, null)).toEqual([]);
      expect(await semantic.passages(vectorOfText('x'), 10)).toEqual([]);
      const words = await storage.terms.termsOfWords(['ferry']);
      expect((await keywords.search(words, 10)).matches).toEqual([]);
      expect(await storage.terms.wordsFrom('f', 10)).toEqual([]);
      expect(await storage.map.vectors('', 10)).toEqual([]);
      expect(await storage.storyRows(10)).toEqual([]);
      expect(await found({ phrases: ['a b'], excluded: ['c'] })).toEqual([]);
    });

    testStoredDocuments(index);
    testSelections(index);
    testStoredTerms(index);
    testStoredVersions(index);
    testStoredVectors(index);
    testStoredSites(index);
    testStoredFiles(index);
    testStoredMap(index);

    it('says where it is and how large', async () => {
      await put({ id: 'a' });
      expect(await index.storage.size()).toBeGreaterThan(1_000);
      expect(index.storage.place).not.toBe('');
      expect(JSON.parse((await index.storage.fingerprint()) ?? '{}')).toMatchObject({ model: 'made' });
    });
  });
}
