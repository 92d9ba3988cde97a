import { expect, it } from 'vitest';
import type { IndexUnderTest } from './use-stored-index.js';

/** The contract of `StoredFiles`. */
export function testStoredFiles(index: IndexUnderTest): void {
  const { put } = index;

  it('keeps the files that documents are from, and what of them could not be taken', async () => {
    const { files } = index.storage;
    const place = { root: '/r', location: '/r/a', size: 5_000_000_000, touchedMs: 1.5 };
    const record = { path: 'r/a', hash: 'h', reading: 'reader 1', place, readMs: 2.25 };
    const uploaded = { path: 'u', hash: '', reading: null, place: null, readMs: null };
    const failures = ['z', 'a', 'm'].map((item) => ({ item, code: 'PARSE_FAILED', detail: 'no' }));
    await index.recordFile(record, failures as never);
    await index.recordFile(uploaded, []);
    const [key = 0, loose = 0] = await put({ id: 'a', file: 'r/a' }, { id: 'b' });
    expect(await files.get('r/a')).toEqual(record);
    expect(await files.get('u')).toEqual(uploaded);
    expect(await files.get('none')).toBeNull();
    expect(await files.ofDocument(key)).toEqual(record);
    expect(await files.ofDocument(loose)).toBeNull();
    expect(await files.ofRoots(['/r', '/s'])).toEqual([record]);
    expect(await files.failed()).toEqual([record]);
    expect(await files.failures('r/a')).toEqual(failures);
    expect(await files.failuresOfRoots(['/r'])).toEqual(new Map([['r/a', failures]]));
  });
}
