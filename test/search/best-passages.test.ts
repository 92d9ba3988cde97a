import { describe, expect, it } from 'vitest';
import { BestPassages, type PassageQuery } from '../../src/search/best-passages.js';
import type { Mode } from '../../src/search/request.js';
import type { DocumentRow } from '../../src/storage/document-store.js';
import { PassageVectors } from '../../src/storage/passage-vectors.js';
import type { StoredDocuments, StoredIndex, StoredVectors } from '../../src/storage/stored-index.js';
import type { StoredPassage } from '../../src/types.js';

interface MadePassage {
  id: number;
  text: string;
  /** To the query; null where the document has no vectors. */
  cosine: number | null;
}

const QUERY_VECTOR = Float32Array.of(1, 0);

function word(folded: string, stemming = 'english'): PassageQuery['words'][number] {
  return { folded, terms: [{ term: folded, stemming }] };
}

/** The best passages of documents, by their keys, with how they were looked up. */
function made(documents: Record<number, MadePassage[]>, query: Partial<PassageQuery>, mode: Mode) {
  let lookedUp = 0;
  const of: StoredVectors['held']['of'] = (keys) => {
    lookedUp++;
    return new Map(
      [...keys].flatMap((key) => {
        const rows = (documents[key] ?? []).flatMap(({ id, cosine }): [number, number, Buffer][] =>
          cosine === null ? [] : [[key, id, bytesOf(cosine)]],
        );
        return rows.length === 0 ? [] : [[key, new PassageVectors(rows)]];
      }),
    );
  };
  const passagesOf: StoredDocuments['passagesOf'] = (keys) =>
    new Map(
      keys.flatMap((key) => {
        const passages = documents[key]?.map(({ id, text }) => stored(id, text));
        return passages ? [[key, passages]] : [];
      }),
    );
  const held = { of } as Partial<StoredVectors['held']>;
  const storage = { vectors: { held }, documents: { passagesOf } } as unknown as StoredIndex;
  return {
    best: new BestPassages(storage, { words: [], vector: QUERY_VECTOR, ...query }, mode),
    lookedUp: () => lookedUp,
  };
}

function bytesOf(cosine: number): Buffer {
  return Buffer.from(Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2)).buffer);
}

function stored(id: number, text: string): StoredPassage {
  return { id, text, start: 10 * id, end: 10 * id + text.length, page: 3, heading: 'Costs' };
}

function row(key: number, language: string | null = 'en'): DocumentRow {
  return {
    key,
    id: `d${key}`,
    title: null,
    url: null,
    source: null,
    author: null,
    publishedAt: null,
    language,
    tags: [],
    metadata: {},
  };
}

describe('BestPassages', () => {
  const words = [word('ferri'), word('storm')];
  const text = 'Ferries ran late.';

  it.each([
    // A cosine of 0.36 is a chance of 0.5, of 0.43 one of 1 / (1 + e⁻¹) = 0.7311. Half of the words are (1/2)³ = 0.125.
    // By both: 1 − 0.5 · 0.875 = 0.5625.
    { mode: 'hybrid', cosine: 0.36, text, score: 0.5625 },
    { mode: 'semantic', cosine: 0.36, text, score: 0.5 },
    // 1 − (1 − 0.731059) · 0.875 = 0.764677, of which four digits are kept.
    { mode: 'hybrid', cosine: 0.43, text, score: 0.7647 },
    { mode: 'semantic', cosine: 0.43, text, score: 0.7311 },
    { mode: 'hybrid', cosine: 0.36, text: 'Nothing of it.', score: 0.5 },
    { mode: 'hybrid', cosine: 0.36, text: 'A ferry in a storm.', score: 1 },
    // Without vectors by words alone.
    { mode: 'hybrid', cosine: null, text, score: 0.125 },
    { mode: 'semantic', cosine: null, text, score: 0 },
  ] as const)('scores $text with a cosine of $cosine $score in $mode mode', async (example) => {
    const { mode, cosine, text: own, score } = example;
    const { best } = made({ 1: [{ id: 7, text: own, cosine }] }, { words }, mode);
    const [passages] = await best.of([row(1)], 3);
    expect(passages?.map((passage) => passage.score)).toEqual([score]);
  });

  it('goes by words alone in keyword mode, and looks up no vectors', async () => {
    const { best, lookedUp } = made({ 1: [{ id: 7, text, cosine: 1 }] }, { words, vector: null }, 'keyword');
    expect(await best.of([row(1)], 3)).toEqual([
      [{ ...stored(7, text), score: 0.125, highlights: [[0, 7]], answer: null }],
    ]);
    expect(lookedUp()).toBe(0);
  });

  it('gives the best first, those that score the same in their order, and at most so many', async () => {
    const passages = [
      { id: 4, text: 'a', cosine: 0.36 },
      { id: 3, text: 'b', cosine: 0.43 },
      { id: 2, text: 'c', cosine: 0.36 },
      { id: 5, text: 'd', cosine: 0.5 },
    ];
    const { best } = made({ 1: passages }, {}, 'hybrid');
    const idsOf = async (most: number): Promise<number[] | undefined> =>
      (await best.of([row(1)], most))[0]?.map(({ id }) => id);
    expect(await idsOf(10)).toEqual([5, 3, 2, 4]);
    expect(await idsOf(2)).toEqual([5, 3]);
    expect(await idsOf(0)).toEqual([]);
  });

  it('gives each document its own, in the order of the documents, and none to one that is gone', async () => {
    const documents = { 1: [{ id: 7, text: 'a', cosine: 0.36 }], 2: [{ id: 8, text: 'b', cosine: 0.43 }] };
    const { best } = made(documents, {}, 'hybrid');
    const found = await best.of([row(2), row(9), row(1)], 3);
    expect(found.map((passages) => passages.map(({ id, score }) => [id, score]))).toEqual([
      [[8, 0.7311]],
      [],
      [[7, 0.5]],
    ]);
  });

  it("finds words as the document's language has them", async () => {
    const documents = {
      1: [{ id: 7, text: 'Häuser', cosine: null }],
      2: [{ id: 8, text: 'houses', cosine: null }],
      3: [{ id: 9, text: 'houses', cosine: null }],
    };
    const both = [
      {
        folded: 'haus',
        terms: [
          { term: 'haus', stemming: 'german' },
          { term: 'hous', stemming: 'english' },
        ],
      },
    ];
    const { best } = made(documents, { words: both }, 'hybrid');
    const found = await best.of([row(1, 'de'), row(2, 'en'), row(3, 'de'), row(2, null)], 3);
    expect(found.map((passages) => passages[0]?.highlights)).toEqual([[[0, 6]], [[0, 6]], [], [[0, 6]]]);
  });
});
