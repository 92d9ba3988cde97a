import { expect, it } from 'vitest';
import { vectorOfText } from './made-documents.js';
import type { IndexUnderTest } from './use-stored-index.js';

/** The contract of `StoredVectors`. */
export function testStoredVectors(index: IndexUnderTest): void {
  const { put } = index;

  it('holds the vectors of documents and compares them', async () => {
    const { vectors } = index.storage;
    const [a = 0, b = 0] = await put({ id: 'a', text: 'ferry\n\norchard' }, { id: 'b', text: 'gare' });
    const query = vectorOfText('orchard');
    const best = await vectors.held.bestCosines(query, [a, b, 1e9]);
    expect([...best.keys()].toSorted((x, y) => x - y)).toEqual([a, b]);
    expect(best.get(a)).toBeCloseTo(1, 6);
    const of = await vectors.held.of([a, b, 1e9]);
    expect(of.size).toBe(2);
    expect(of.get(a)?.size).toBe(2);
    expect(of.get(a)?.cosine(1, query)).toBeCloseTo(1, 6);
    const means = await vectors.held.means([a, b, 1e9]);
    expect(means.get(b)).toEqual(of.get(b)?.at(0));
    const mean = (await vectors.held.meanCosines(query, [a])).get(a) ?? 0;
    expect(mean).toBeLessThan(1);
    expect(mean).toBeGreaterThan(0);
    expect(await vectors.count()).toBe(3);
    const all = await vectors.after(0, 2);
    expect([...all, ...(await vectors.after(all[1]?.id ?? 0, 2))].map(({ id }) => id)).toEqual([
      ...(of.get(a)?.ids ?? []),
      ...(of.get(b)?.ids ?? []),
    ]);
    expect((await index.semantic.passages(query, 1))[0]).toBe(of.get(a)?.ids[1]);
    await put({ id: 'a', text: 'gare' });
    expect((await vectors.held.of([a])).get(a)?.size).toBe(1);
    expect((await vectors.held.means([a])).get(a)).toEqual(means.get(b));
  });
}
