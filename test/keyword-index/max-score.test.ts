import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BestDocuments, type KeywordMatch } from '../../src/keyword-index/best-documents.js';
import { buildSegment } from '../../src/keyword-index/build-segment.js';
import { countHaving } from '../../src/keyword-index/count-having.js';
import { LiveDocuments } from '../../src/keyword-index/live-documents.js';
import { MaxScore } from '../../src/keyword-index/max-score.js';
import { mergeSegments } from '../../src/keyword-index/merge-segments.js';
import type { Segment } from '../../src/keyword-index/segment.js';
import type { WeighedWord } from '../../src/keyword-index/weigh-words.js';
import { type TermCounts, toTermCounts } from '../../src/storage/term-counts.js';
import { atOnce } from '../../src/turns.js';
import { randomNumbers } from '../support/clustered.js';

const TERMS = 60;

/** Documents that are there, by their keys, and the segments that have them among others. */
interface Collection {
  documents: Map<number, TermCounts>;
  live: LiveDocuments;
  segments: Segment[];
}

/** A few terms are in most documents and most are in a few; some documents are long. */
function madeCounts(random: () => number): TermCounts {
  const length = Math.ceil(4 ** (1 + 3 * random()));
  const counted = new Map<number, number>();
  for (let word = 0; word < Math.min(length, 40); word++) {
    const term = 1 + Math.floor(TERMS * random() ** 3);
    counted.set(term, (counted.get(term) ?? 0) + Math.ceil(random() * random() * 4));
  }
  return toTermCounts(counted, length);
}

/** Written in batches that are merged now and then; some are written again, or removed. */
function madeCollection({ size, seed, batch }: { size: number; seed: number; batch: number }): Collection {
  const random = randomNumbers(seed);
  const live = new LiveDocuments();
  const documents = new Map<number, TermCounts>();
  let segments: Segment[] = [];
  for (let written = 0; written < size; ) {
    const batchWritten = Array.from({ length: Math.min(batch, size - written) }, () => {
      const key = random() < 0.2 ? 1 + Math.floor(random() * (written + 1)) : ++written;
      const counts = madeCounts(random);
      const version = live.put(key, counts, documents.get(key) ?? null);
      documents.set(key, counts);
      return { key, version, counts };
    });
    segments.push(buildSegment(batchWritten));
    for (const [key, counts] of documents) {
      if (random() > 0.02) continue;
      live.remove(key, counts);
      documents.delete(key);
    }
    if (random() < 0.3) segments = [atOnce(mergeSegments(segments, live))];
  }
  return { documents, live, segments };
}

/** BM25 by its formula, of every document. */
function scoreAll({ documents }: Collection, words: WeighedWord[]): KeywordMatch[] {
  const total = [...documents.values()].reduce((sum, { length }) => sum + length, 0);
  const average = total / documents.size;
  return Array.from(documents, ([document, { terms, counts, length }]) => {
    const score = words.reduce((sum, { weight, terms: sought }) => {
      const parts = sought.map((term) => {
        const count = counts[terms.indexOf(term)] ?? 0;
        return (weight * count) / (count + 1.2 * (0.25 + (0.75 * length) / average));
      });
      return sum + Math.max(0, ...parts);
    }, 0);
    return { document, score };
  })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.document - b.document);
}

function search(
  { segments, live }: Collection,
  words: WeighedWord[],
  limit: number,
  keys?: number[],
): KeywordMatch[] {
  const best = new BestDocuments(limit);
  const allowed = keys ? new Uint8Array(live.mostKey + 1) : null;
  for (const key of keys ?? []) allowed?.fill(1, key, key + 1);
  const isLive = (key: number, version: number): boolean => live.has(key, version);
  const maxScore = new MaxScore(words, { best, averageLength: live.averageLength, isLive, allowed });
  for (const segment of segments) maxScore.search(segment);
  return best.ranked();
}

/** The same documents but for such as score the same, with the same scores as far as numbers are exact. */
function expectAlike(found: KeywordMatch[], expected: KeywordMatch[], words: WeighedWord[]): void {
  expect(found).toHaveLength(expected.length);
  const rounding = 1e-12 * words.reduce((sum, { weight }) => sum + weight, 0);
  const scores = new Map(expected.map(({ document, score }) => [document, score]));
  for (const [place, { document, score }] of found.entries()) {
    const least = expected[place]?.score ?? 0;
    expect(Math.abs(score - least)).toBeLessThanOrEqual(rounding);
    expect(Math.abs(score - (scores.get(document) ?? least))).toBeLessThanOrEqual(rounding);
  }
}

const term = fc.integer({ min: 1, max: TERMS + 5 });
const words = fc.array(
  fc.record({
    weight: fc.double({ min: 1e-6, max: 20, noNaN: true }),
    terms: fc.oneof(fc.tuple(term), fc.uniqueArray(term, { minLength: 1, maxLength: 5 })),
  }),
  { minLength: 1, maxLength: 12 },
);
const size = fc.constantFrom(1, 30, 400, 3_000, 4_500);
const collection = fc
  .record({ size, seed: fc.nat(1e6), batch: fc.constantFrom(1, 16, 700) })
  .filter((made) => made.size < 3_000 || made.batch > 1);

describe('the best documents', () => {
  it('are those that a scorer finds which reads everything, with the same scores', () => {
    fc.assert(
      fc.property(
        collection,
        fc.array(fc.tuple(words, fc.constantFrom(1, 10, 100, 10_000)), { minLength: 5 }),
        (made, queries) => {
          const present = madeCollection(made);
          for (const [query, limit] of queries) {
            expectAlike(search(present, query, limit), scoreAll(present, query).slice(0, limit), query);
          }
        },
      ),
      { numRuns: 5 },
    );
  });

  it('and their scores, to the last bit, do not depend on how they came to their segments', () => {
    fc.assert(
      fc.property(collection, fc.array(words, { minLength: 5 }), (made, queries) => {
        const present = madeCollection(made);
        const live = new LiveDocuments();
        const written = Array.from(present.documents, ([key, counts]) => ({
          key,
          version: live.put(key, counts, null),
          counts,
        }));
        const segments = [buildSegment(written)];
        const fresh = { ...present, live, segments };
        for (const query of queries) expect(search(present, query, 20)).toEqual(search(fresh, query, 20));
      }),
      { numRuns: 3 },
    );
  });

  it('are sought among those that are allowed', () => {
    const present = madeCollection({ size: 3_000, seed: 4, batch: 100 });
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 500 }), fc.constantFrom(5, 100), (query, every, limit) => {
        const keys = [...present.documents.keys()].filter((key) => key % every === 0);
        const expected = scoreAll(present, query).filter(({ document }) => keys.includes(document));
        expectAlike(search(present, query, limit, keys), expected.slice(0, limit), query);
      }),
      { numRuns: 15 },
    );
  });

  it('with the same score come by their keys, also where not all are wanted', () => {
    const live = new LiveDocuments();
    const counts = toTermCounts(new Map([[1, 2]]), 10);
    const keys = [9, 3, 7, 1, 5, 8];
    const segments = keys.map((key) => buildSegment([{ key, version: live.put(key, counts, null), counts }]));
    const found = search({ documents: new Map(), live, segments }, [{ weight: 1, terms: [1] }], 3);
    expect(found.map(({ document }) => document)).toEqual([1, 3, 5]);
  });
});

it('a term is counted in the documents that there are, however often they were written', () => {
  fc.assert(
    fc.property(collection, fc.uniqueArray(term, { minLength: 1, maxLength: 4 }), (made, terms) => {
      const { documents, live, segments } = madeCollection(made);
      const having = (sought: number[]): number =>
        [...documents.values()].filter((counts) => sought.some((one) => counts.terms.includes(one))).length;
      for (const one of terms) expect(live.having(one)).toBe(having([one]));
      expect(countHaving(terms, segments, live)).toBe(having(terms));
    }),
    { numRuns: 3 },
  );
});
