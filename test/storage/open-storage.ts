import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { KeywordMatch } from '../../src/keyword-index/best-documents.js';
import { KeywordIndex } from '../../src/keyword-index/keyword-index.js';
import type { SoughtTerm } from '../../src/storage/match-terms.js';
import { Storage } from '../../src/storage/storage.js';

/** Opens an empty index in a folder that is removed when the test ends. */
export function openStorage(): { storage: Storage; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'akin-storage-'));
  const storage = Storage.open(folder);
  onTestFinished(() => {
    storage.close();
    rmSync(folder, { recursive: true });
  });
  return { storage, folder };
}

/** What of all stored documents is found by words, as an index that is opened on them finds it. */
export async function matching(storage: Storage, ...words: SoughtTerm[][]): Promise<KeywordMatch[]> {
  const index = await KeywordIndex.open(storage.termCounts);
  return index.search(words, 100).matches;
}
