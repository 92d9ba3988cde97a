import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIGNATURE_LENGTH } from '../../src/documents/shingles.js';
import { newDocument } from './new-document.js';
import { matching, openStorage } from './open-storage.js';

describe('documents', () => {
  it('come back as they were put, whatever their text', () => {
    const { storage } = openStorage();
    const paragraph = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => /^\S[^\n]*$/.test(text) && !/[\s\0]$/.test(text) && !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(paragraph, { minLength: 1, maxLength: 5 }), (paragraphs) => {
        const document = newDocument('d', paragraphs, { title: 'T' });
        storage.documents.put(document);
        const stored = storage.documents.get('d');
        expect(stored?.text).toBe(document.text);
        for (const { text, start, end } of storage.documents.passages(stored?.key ?? 0)) {
          expect(stored?.text.slice(start, end)).toBe(text);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('come with all their versions, those that have any', () => {
    const { storage } = openStorage();
    const put = (id: string): number => storage.documents.put(newDocument(id, [id])).key;
    const [alone, first, second, third, other, copy] = ['alone', '1', '2', '3', 'other', 'copy'].map(put);
    if (!alone || !first || !second || !third || !other || !copy) throw new Error('not all were written');
    const signature = new Uint32Array(SIGNATURE_LENGTH);
    for (const [key, versions] of [
      [first, []],
      [second, [first]],
      [third, [second]],
      [other, []],
      [copy, [other]],
      [alone, []],
    ] as [number, number[]][])
      storage.versions.add(key, signature, versions);
    const { versions } = storage;
    expect(versions.groupsOf([alone, second, first, copy, 4711])).toEqual(
      new Map([first, second, copy].map((key) => [key, versions.groupOf(key)])),
    );
    expect(versions.groupsOf([second]).get(second)).toEqual([third, second, first]);
  });

  it('give the vectors of several in the order of their passages', () => {
    const { storage } = openStorage();
    const written = ['one', 'two', 'three'].map((id) => {
      const document = newDocument(id, [`${id} begins`, `${id} goes on`, `${id} ends`]);
      const passages = document.passages.map((passage, place) => ({
        ...passage,
        vector: Float32Array.of(id.length / 8, place / 8, Math.fround(0.1)),
      }));
      return storage.documents.put({ ...document, passages });
    });
    const keys = written.map(({ key }) => key);
    expect(storage.vectors.ofDocuments([...keys].reverse())).toEqual(
      written.flatMap(({ key, added }) => added.map((passage) => ({ ...passage, document: key }))),
    );
    const shown = storage.documents.passagesById(written.flatMap(({ added }) => added.at(-1)?.id ?? []));
    expect([...shown.values()].map(({ text }) => text)).toEqual(['one ends', 'two ends', 'three ends']);
    for (const passage of shown.values()) expect(passage.end - passage.start).toBe(passage.text.length);
  });

  it('have the mean of their vectors, which follows them and goes with them', () => {
    const { storage } = openStorage();
    const put = (hash: string, vectors: [number, number][]): number => {
      const document = newDocument('d', vectors.map(String), {}, hash);
      const passages = document.passages.map((passage, place) => ({
        ...passage,
        vector: Float32Array.of(...(vectors[place] ?? [])),
      }));
      return storage.documents.put({ ...document, passages }).key;
    };
    const key = put('first', [
      [1, 0],
      [0, 1],
    ]);
    const [x = 0, y = 0] = storage.vectors.held.means([key]).get(key) ?? [];
    expect([x, y].map((value) => value.toFixed(6))).toEqual(['0.707107', '0.707107']);
    put('second', [[0, 1]]);
    expect(storage.vectors.held.means([key]).get(key)).toEqual(Float32Array.of(0, 1));
    put('third', []);
    expect(storage.vectors.held.means([key]).size).toBe(0);
    put('fourth', [[1, 0]]);
    storage.documents.remove('d');
    expect(storage.vectors.held.means([key]).size).toBe(0);
  });

  it('are known in memory as they are stored, also where a write is undone', () => {
    const { storage } = openStorage();
    const known = (key: number, ids: number[]): unknown => ({
      vectors: Array.from(storage.vectors.held.of([key]).get(key)?.ids ?? []),
      documents: storage.vectors.documentsOf(ids),
    });
    const { key, added } = storage.documents.put(newDocument('d', ['alpha', 'beta'], {}, 'first'));
    const ids = added.map(({ id }) => id);
    const first = { vectors: ids, documents: ids.map(() => key) };
    expect(known(key, ids)).toEqual(first);

    const undone = new Error('undone');
    const write = (): void =>
      storage.transaction(() => {
        storage.documents.put(newDocument('d', ['gamma'], {}, 'second'));
        throw undone;
      });
    expect(write).toThrow(undone);
    expect(known(key, ids)).toEqual(first);

    const second = storage.documents.put(newDocument('d', ['gamma'], {}, 'second'));
    const [id = 0] = second.added.map((passage) => passage.id);
    expect(known(key, [...ids, id])).toEqual({ vectors: [id], documents: [0, 0, key] });
    storage.documents.remove('d');
    expect(known(key, [...ids, id])).toEqual({ vectors: [], documents: [0, 0, 0] });
  });

  it('are replaced whole: new passages get new ids, old ones are gone from text and words', async () => {
    const { storage } = openStorage();
    const first = storage.documents.put(newDocument('d', ['alpha', 'beta']));
    expect(storage.documents.put(newDocument('d', ['alpha', 'beta'])).status).toBe('unchanged');
    const second = storage.documents.put(newDocument('d', ['gamma']));
    expect(second).toMatchObject({ status: 'updated', removed: first.added.map(({ id }) => id) });
    expect(Math.min(...second.added.map(({ id }) => id))).toBeGreaterThan(Math.max(...second.removed));
    expect(await matching(storage, storage.terms.termsOf('alpha'))).toEqual([]);
    expect(await matching(storage, storage.terms.termsOf('gamma'))).toHaveLength(1);
    expect(storage.vectors.count()).toBe(1);
    storage.documents.remove('d');
    expect(storage.documents.counts()).toEqual({ documents: 0, passages: 0 });
    expect(await matching(storage, storage.terms.termsOf('gamma'))).toEqual([]);
    expect(storage.vectors.removalsAfter(0)).toHaveLength(3);
  });

  it('are written with what else is in a transaction, or not at all', () => {
    const { storage } = openStorage();
    expect(() =>
      storage.transaction(() => {
        storage.documents.put(newDocument('d', ['alpha']));
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(storage.documents.get('d')).toBeNull();
  });
});
