import { describe, expect, it } from 'vitest';
import { dot } from '../../src/embedding/vector-math.js';
import { NO_EVIDENCE, type Scored } from '../../src/search/fuse.js';
import type { SemanticLeg } from '../../src/search/legs.js';
import { depthFor, type RankOptions, rankDocuments } from '../../src/search/rank.js';
import type { Among, StoredIndex, StoredVectors } from '../../src/storage/stored-index.js';

const QUERY = Float32Array.of(1, 0);

/** Documents of one passage each, so that their mean is that passage. */
class MadeIndex implements Pick<SemanticLeg, 'nearest'> {
  readonly vectors: Map<number, Float32Array>;
  /** What the semantic retriever was asked for, in turn. */
  readonly asked: { vector: number[]; wanted: number; among: Among | null }[] = [];
  /** What it finds each time; default: every document. */
  readonly found: number[][];
  onAsked: () => void = () => undefined;

  constructor(vectors: Record<number, [number, number]>, found: number[][] = []) {
    this.vectors = new Map(
      Object.entries(vectors).map(([key, values]) => [Number(key), Float32Array.from(values)]),
    );
    this.found = found;
  }

  nearest(vector: Float32Array, wanted: number, among: Among | null): Map<number, number> {
    this.asked.push({ vector: [...vector], wanted, among });
    this.onAsked();
    return this.#cosines(vector, this.found[this.asked.length - 1] ?? this.vectors.keys());
  }

  options(options: Partial<RankOptions> = {}): RankOptions {
    const held: Pick<StoredVectors['held'], 'means' | 'bestCosines' | 'meanCosines'> = {
      means: (documents) =>
        new Map(
          [...documents].flatMap((key) => {
            const vector = this.vectors.get(key);
            return vector ? [[key, vector]] : [];
          }),
        ),
      bestCosines: (vector, documents) => this.#cosines(vector, documents),
      meanCosines: (vector, documents) => this.#cosines(vector, documents),
    };
    const vectors = { held } as Pick<StoredVectors, 'held'> as StoredVectors;
    const storage = { vectors } as Pick<StoredIndex, 'vectors'> as StoredIndex;
    return {
      wanted: 10,
      among: null,
      storage,
      semantic: this as Partial<SemanticLeg> as SemanticLeg,
      ...options,
    };
  }

  #cosines(vector: Float32Array, documents: Iterable<number>): Map<number, number> {
    return new Map(
      [...documents].flatMap((key) => {
        const own = this.vectors.get(key);
        return own ? [[key, dot(own, vector)]] : [];
      }),
    );
  }
}

describe('depthFor', () => {
  it.each([
    [0, 100],
    [10, 100],
    [100, 100],
    [101, 101],
    [1_000, 1_000],
  ])('looks for %d wanted documents at a depth of %d', (wanted, depth) => {
    expect(depthFor(wanted)).toBe(depth);
  });
});

describe('rankDocuments by words', () => {
  it('takes BM25 as a part of the most that it could be, and asks for no vectors', async () => {
    const index = new MadeIndex({ 1: [1, 0] });
    const matches: Scored[] = [
      { document: 2, score: 6 },
      { document: 1, score: 3 },
    ];
    expect(await rankDocuments(null, { matches, ceiling: 12 }, index.options())).toEqual([
      { document: 2, semantic: null, keyword: 6, fused: 0.5 },
      { document: 1, semantic: null, keyword: 3, fused: 0.25 },
    ]);
    expect(index.asked).toEqual([]);
  });
});

describe('rankDocuments by meaning', () => {
  it('moves the query a tenth of the way to the first document and ranks anew', async () => {
    // 3 and 5 are as near; 3 is the first by its number. The query moves to 0.9 · (1, 0) + 0.1 · (0.8, 0.6)
    // = (0.98, 0.06), of length √0.964 = 0.981835.
    const index = new MadeIndex({ 3: [0.8, 0.6], 5: [0.8, -0.6], 4: [0, 1], 6: [0.6, 0.8] });
    const ranked = await rankDocuments(QUERY, NO_EVIDENCE, index.options());
    expect(ranked.map(({ document }) => document)).toEqual([3, 5, 6, 4]);
    const fused = new Map(ranked.map((each) => [each.document, each.fused]));
    // (0.784 + 0.036) / 0.981835, (0.784 − 0.036) / 0.981835, (0.588 + 0.048) / 0.981835 and 0.06 / 0.981835.
    expect(fused.get(3)).toBeCloseTo(0.835171, 5);
    expect(fused.get(5)).toBeCloseTo(0.761839, 5);
    expect(fused.get(6)).toBeCloseTo(0.647767, 5);
    expect(fused.get(4)).toBeCloseTo(0.06111, 5);
    const [first, second] = index.asked;
    expect(first?.vector).toEqual([1, 0]);
    expect(second?.vector[0]).toBeCloseTo(0.998131, 5);
    expect(second?.vector[1]).toBeCloseTo(0.06111, 5);
  });

  it('follows the document that words put first', async () => {
    // 4 has 0.6 + 0.35 by words, more than the 0.8 of 3: the query moves to (0.96, −0.08), of length √0.928 = 0.963328.
    const index = new MadeIndex({ 3: [0.8, 0.6], 4: [0.6, -0.8] });
    const byWords = { matches: [{ document: 4, score: 5 }], ceiling: 10 };
    const ranked = await rankDocuments(QUERY, byWords, index.options());
    expect(index.asked[1]?.vector[0]).toBeCloseTo(0.996546, 5);
    expect(index.asked[1]?.vector[1]).toBeCloseTo(-0.083045, 5);
    // (0.576 + 0.064) / 0.963328 + 0.35, and (0.768 − 0.048) / 0.963328.
    expect(ranked.map(({ document, keyword }) => [document, keyword])).toEqual([
      [4, 5],
      [3, null],
    ]);
    expect(ranked[0]?.semantic).toBeCloseTo(0.664364, 5);
    expect(ranked[0]?.fused).toBeCloseTo(1.014364, 5);
    expect(ranked[1]?.fused).toBeCloseTo(0.747409, 5);
  });

  it('follows a document that words alone found, if it is near enough to be the first', async () => {
    // 0.6 + 0.35 again, of a document that the semantic retriever did not come to.
    const index = new MadeIndex({ 3: [0.8, 0.6], 4: [0.6, -0.8] }, [[3], [3]]);
    await rankDocuments(QUERY, { matches: [{ document: 4, score: 5 }], ceiling: 10 }, index.options());
    expect(index.asked[1]?.vector[1]).toBeCloseTo(-0.083045, 5);
  });

  it('looks up how near documents are that words alone found', async () => {
    const index = new MadeIndex({ 1: [0.8, 0.6], 2: [0.6, 0.8] }, [[1], [1]]);
    const byWords = { matches: [{ document: 2, score: 0.1 }], ceiling: 100 };
    const ranked = await rankDocuments(QUERY, byWords, index.options());
    expect(ranked.map(({ document }) => document)).toEqual([1, 2]);
    expect(ranked[1]?.semantic).toBeCloseTo(0.647767, 5);
  });

  it('keeps what the first ranking found beside what the second one finds', async () => {
    const index = new MadeIndex({ 1: [0.8, 0.6], 2: [0.6, 0.8], 3: [0, 1] }, [[1, 2], [3]]);
    const ranked = await rankDocuments(QUERY, NO_EVIDENCE, index.options());
    expect(ranked.map(({ document }) => document)).toEqual([1, 2, 3]);
  });

  it.each([
    [10, 100],
    [250, 250],
  ])('looks both times as deep as %d wanted documents need, among those that are allowed', async (wanted, depth) => {
    const index = new MadeIndex({ 1: [0.8, 0.6] });
    await rankDocuments(QUERY, NO_EVIDENCE, index.options({ wanted, among: [1, 2] }));
    expect(index.asked.map(({ wanted: asked, among }) => [asked, among])).toEqual([
      [depth, [1, 2]],
      [depth, [1, 2]],
    ]);
  });

  it('ranks once where nothing is found, or the first document has no vectors any more', async () => {
    const empty = new MadeIndex({});
    expect(await rankDocuments(QUERY, NO_EVIDENCE, empty.options())).toEqual([]);
    expect(empty.asked).toHaveLength(1);
    const byWords = { matches: [{ document: 9, score: 5 }], ceiling: 5 };
    const gone = new MadeIndex({ 1: [0.2, 0.979796] });
    const ranked = await rankDocuments(QUERY, byWords, gone.options());
    expect(ranked.map(({ document, fused }) => [document, Number(fused.toFixed(6))])).toEqual([
      [9, 0.35],
      [1, 0.2],
    ]);
    expect(gone.asked).toHaveLength(1);
  });

  it('lets others have their turn between the two rankings', async () => {
    const index = new MadeIndex({ 1: [0.8, 0.6] });
    const turns: string[] = [];
    index.onAsked = () => {
      turns.push('ranking');
      if (turns.length === 1) setImmediate(() => turns.push('another'));
    };
    await rankDocuments(QUERY, NO_EVIDENCE, index.options());
    expect(turns).toEqual(['ranking', 'another', 'ranking']);
  });
});
