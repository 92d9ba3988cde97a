import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dot } from '../../src/embedding/vector-math.js';
import { parseFilter } from '../../src/filter.js';
import type { Scored } from '../../src/search/fuse.js';
import { nearestDocuments } from '../../src/search/semantic-leg.js';
import { Clusters, type MadeIndex, madeIndex, randomNumbers } from '../support/clustered.js';

const DIMENSIONS = 48;
const DOCUMENTS = 5_000;
/** What the graph's cosines, of 32-bit floats, may differ from exact ones. */
const ROUNDING = 1e-5;

const random = randomNumbers(11);
const clusters = new Clusters(40, DIMENSIONS, random);
let made: MadeIndex;

beforeAll(async () => {
  made = await madeIndex(DOCUMENTS, DIMENSIONS, clusters, random);
});
afterAll(() => made.remove());

function matching(filter: unknown): number[] | null {
  return filter === null ? null : made.storage.documents.keysMatching(parseFilter(filter));
}

/** The nearest documents by comparing every vector. */
function exactly(query: Float32Array, wanted: number, among: number[] | null): Scored[] {
  const allowed = among && new Set(among);
  const best = new Map<number, number>();
  for (const { document, vector } of made.vectors) {
    if (allowed && !allowed.has(document)) continue;
    best.set(document, Math.max(best.get(document) ?? -1, dot(query, vector)));
  }
  return Array.from(best, ([document, score]) => ({ document, score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, wanted);
}

/** The part of the exact answer that is found; a document as near as the last of it is as good. */
function recall(found: Scored[], exact: Scored[]): number {
  const least = (exact.at(-1)?.score ?? 1) - ROUNDING;
  return exact.length === 0 ? 1 : found.filter(({ score }) => score >= least).length / exact.length;
}

describe('the nearest documents under a filter', () => {
  const cluster = fc.integer({ min: 0, max: 39 });
  /** From one document of all to all of them, as many at each power of ten. */
  const random = fc
    .double({ min: -4, max: 0, noNaN: true })
    .map((power) => ({ 'metadata.place': { lt: Math.ceil(10 ** power * DOCUMENTS) } }));
  const related = fc
    .uniqueArray(cluster, { minLength: 1, maxLength: 20 })
    .map((own) => ({ source: { in: own.map((one) => `cluster ${one}`) } }));

  it('are as many as are wanted where so many match, true in score, each once, and all that match', () => {
    fc.assert(
      fc.property(
        fc.oneof(random, related, fc.constant(null)),
        cluster,
        fc.constantFrom(1, 10, 100, DOCUMENTS * 2),
        (filter, about, wanted) => {
          const among = matching(filter);
          const query = clusters.vector(about);
          const found = nearestDocuments(query, wanted, { ...made, among }).slice(0, wanted);
          expect(found).toHaveLength(Math.min(wanted, among?.length ?? DOCUMENTS));
          expect(new Set(found.map(({ document }) => document)).size).toBe(found.length);
          const exact = exactly(query, DOCUMENTS, among);
          const scores = new Map(exact.map(({ document, score }) => [document, score]));
          for (const { document, score } of found) expect(score).toBeCloseTo(scores.get(document) ?? -2, 4);
          expect(found.map(({ score }) => score)).toEqual(
            found.map(({ score }) => score).toSorted((a, b) => b - a),
          );
        },
      ),
      { numRuns: 60, seed: 5 },
    );
  });

  it.each([
    0.0001, 0.001, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.8, 1,
  ])('are those that an exact search finds where %d of all match', (share) => {
    const among = matching({ 'metadata.place': { lt: Math.ceil(share * DOCUMENTS) } });
    for (const wanted of [10, 100]) {
      const shares = Array.from({ length: 30 }, (_, about) => {
        const query = clusters.vector(about);
        const found = nearestDocuments(query, wanted, { ...made, among }).slice(0, wanted);
        return recall(found, exactly(query, wanted, among));
      });
      const mean = shares.reduce((sum, one) => sum + one, 0) / shares.length;
      expect(mean).toBeGreaterThanOrEqual(0.99);
    }
  });

  it('are those that an exact search finds where the filter keeps out what is nearest', () => {
    const shares = Array.from({ length: 40 }, (_, about) => {
      const among = matching({ source: { ne: `cluster ${about}` } });
      const query = clusters.vector(about);
      const found = nearestDocuments(query, 50, { ...made, among }).slice(0, 50);
      return recall(found, exactly(query, 50, among));
    });
    expect(shares.reduce((sum, one) => sum + one, 0) / shares.length).toBeGreaterThanOrEqual(0.99);
  });

  it('come from the words too: as many as are wanted where so many match', () => {
    fc.assert(
      fc.property(fc.oneof(random, related), fc.constantFrom(1, 10, 1_000), (filter, wanted) => {
        const among = matching(filter) ?? [];
        const allowed = new Set(among);
        const ferry = [made.storage.terms.termsOf('ferry')];
        const all = made.keywords.search(ferry, DOCUMENTS).matches.map(({ document }) => document);
        const expected = all.filter((document) => allowed.has(document));
        const found = made.keywords.search(ferry, wanted, among).matches;
        expect(found).toHaveLength(Math.min(wanted, expected.length));
      }),
      { numRuns: 30, seed: 6 },
    );
  });
});

describe('the nearest passages of the whole index', () => {
  it('are, by its own graph, at least 0.995 of the ten nearest', () => {
    const shares = Array.from({ length: 100 }, (_, about) => {
      const query = clusters.vector(about);
      const exact = made.vectors.map(({ vector }) => dot(query, vector)).sort((a, b) => b - a);
      const least = (exact[9] ?? 1) - ROUNDING;
      return made.index.search(query, 10).filter(({ score }) => score >= least).length / 10;
    });
    expect(shares.reduce((sum, one) => sum + one, 0) / shares.length).toBeGreaterThanOrEqual(0.995);
  });
});
