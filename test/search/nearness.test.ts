import { describe, expect, it } from 'vitest';
import type { SemanticLeg } from '../../src/search/legs.js';
import { nearnessOf } from '../../src/search/nearness.js';
import type { StoredVectors } from '../../src/storage/stored-index.js';

const QUERY = Float32Array.of(1, 0);

/** What is known of documents, by their keys, and what was looked up. */
function made(nearest: Record<number, number>, best: Record<number, number>, means: Record<number, number>) {
  const asked: { best: number[]; means: number[] } = { best: [], means: [] };
  const those = (known: Record<number, number>, documents: number[]): Map<number, number> =>
    new Map(
      documents.flatMap((document) => {
        const cosine = known[document];
        return cosine === undefined ? [] : [[document, cosine]];
      }),
    );
  const semantic = {
    nearest: () => those(nearest, Object.keys(nearest).map(Number)),
  } as Partial<SemanticLeg> as SemanticLeg;
  const held: Pick<StoredVectors['held'], 'bestCosines' | 'meanCosines'> = {
    bestCosines: (_, documents) => {
      asked.best.push(...documents);
      return those(best, asked.best);
    },
    meanCosines: (_, documents) => {
      asked.means.push(...documents);
      return those(means, asked.means);
    },
  };
  const vectors = { held } as Pick<StoredVectors, 'held'> as StoredVectors;
  return { asked, options: { wanted: 100, among: null, semantic, vectors } };
}

describe('nearnessOf', () => {
  it('is seven tenths the best passage and three tenths the whole document', async () => {
    // 0.7 · 0.6 + 0.3 · 0.4 = 0.54; 0.7 · 0.5 + 0.3 · 0.9 = 0.62; 0.7 · 0.2 − 0.3 · 0.1 = 0.11.
    const { options } = made({ 1: 0.6, 2: 0.5, 3: 0.2 }, {}, { 1: 0.4, 2: 0.9, 3: -0.1 });
    const nearness = await nearnessOf(QUERY, [], options);
    expect([...nearness.keys()]).toEqual([1, 2, 3]);
    expect(nearness.get(1)).toBeCloseTo(0.54, 10);
    expect(nearness.get(2)).toBeCloseTo(0.62, 10);
    expect(nearness.get(3)).toBeCloseTo(0.11, 10);
  });

  it('is that of the best passage alone where there is no mean', async () => {
    const { options } = made({ 1: 0.6 }, {}, {});
    expect((await nearnessOf(QUERY, [], options)).get(1)).toBeCloseTo(0.6, 10);
  });

  it('is looked up for the others that are named, once, and left out for those that are gone', async () => {
    const { asked, options } = made({ 1: 0.6 }, { 1: 0.1, 4: 0.5 }, { 1: 0.6, 4: 0.5 });
    const nearness = await nearnessOf(QUERY, [1, 4, 9], options);
    expect(asked).toEqual({ best: [4, 9], means: [1, 4] });
    expect([...nearness.keys()]).toEqual([1, 4]);
    expect(nearness.get(1)).toBeCloseTo(0.6, 10);
    expect(nearness.get(4)).toBeCloseTo(0.5, 10);
  });
});
