import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, NO_EVIDENCE, type Scored } from '../../src/search/fuse.js';

// Few documents and few values, so that many are found by both and many are tied.
const document = fc.integer({ min: 1, max: 12 });
const nearness = fc
  .uniqueArray(
    fc.tuple(
      document,
      fc.oneof(fc.constantFrom(-0.2, 0, 0.3, 0.5), fc.double({ min: -1, max: 1, noNaN: true })),
    ),
    { selector: ([key]) => key },
  )
  .map((pairs) => new Map(pairs));
const matches = fc
  .uniqueArray(
    fc.tuple(document, fc.oneof(fc.constantFrom(1, 2, 4), fc.double({ min: 0.01, max: 30, noNaN: true }))),
    { selector: ([key]) => key },
  )
  .map((pairs) =>
    pairs.map(([key, score]): Scored => ({ document: key, score })).sort((a, b) => b.score - a.score),
  );
const words = fc.record({ matches, ceiling: fc.double({ min: 1, max: 100, noNaN: true }) });

describe('the generated rankings', () => {
  it('hold documents that both found, that one found, and that are tied', () => {
    let [both, semanticAlone, keywordAlone, tied, noWords] = [0, 0, 0, 0, 0];
    for (const [semantic, keyword] of fc.sample(fc.tuple(nearness, words), { numRuns: 300, seed: 7 })) {
      const fused = fuse(semantic, keyword);
      if (fused.some((one) => one.semantic !== null && one.keyword !== null)) both++;
      if (fused.some((one) => one.keyword === null)) semanticAlone++;
      if (fused.some((one) => one.semantic === null)) keywordAlone++;
      if (fused.some((one, place) => one.fused === fused[place + 1]?.fused)) tied++;
      if (keyword.matches.length === 0) noWords++;
    }
    expect(both).toBeGreaterThan(150);
    expect(semanticAlone).toBeGreaterThan(150);
    expect(keywordAlone).toBeGreaterThan(150);
    expect(tied).toBeGreaterThan(100);
    expect(noWords).toBeGreaterThan(10);
  });
});

describe('fuse', () => {
  it('holds each document of either ranking once, best first', () => {
    fc.assert(
      fc.property(nearness, words, (semantic, keyword) => {
        const fused = fuse(semantic, keyword);
        const documents = new Set([...semantic.keys(), ...keyword.matches.map(({ document }) => document)]);
        expect(new Set(fused.map(({ document }) => document))).toEqual(documents);
        expect(fused.length).toBe(documents.size);
        for (const [index, { fused: score }] of fused.entries())
          expect(score).toBeLessThanOrEqual(fused[index - 1]?.fused ?? Number.POSITIVE_INFINITY);
      }),
    );
  });

  it('keeps the order of a ranking that stands alone', () => {
    const semantic = new Map([
      [1, 0.9],
      [2, 0.5],
      [3, 0.4],
    ]);
    const nothing = { matches: [], ceiling: 12 };
    expect(fuse(semantic, nothing).map(({ document }) => document)).toEqual([1, 2, 3]);
    const keyword = {
      matches: [
        { document: 3, score: 5 },
        { document: 1, score: 2 },
      ],
      ceiling: 12,
    };
    expect(fuse(new Map(), keyword).map(({ document }) => document)).toEqual([3, 1]);
  });

  it('puts what both found before what one found as well', () => {
    const semantic = new Map([
      [1, 0.8],
      [2, 0.79],
    ]);
    expect(fuse(semantic, { matches: [{ document: 2, score: 9 }], ceiling: 12 })[0]?.document).toBe(2);
  });

  it('believes chance words less than words that are nearly all of the query', () => {
    const semantic = new Map([
      [1, 0.5],
      [2, 0.4],
    ]);
    const matches = [{ document: 2, score: 3 }];
    const firstWith = (ceiling: number): number | undefined =>
      fuse(semantic, { matches, ceiling })[0]?.document;
    expect(firstWith(5)).toBe(2);
    expect(firstWith(60)).toBe(1);
  });

  it('scores a document the same whatever else is found, so that scores of two queries can be compared', () => {
    const best = { document: 1, score: 10 };
    const alone = fuse(new Map([[1, 0.6]]), { matches: [best], ceiling: 15 });
    const among = fuse(
      new Map([
        [1, 0.6],
        [2, 0.5],
      ]),
      { matches: [best, { document: 2, score: 9 }], ceiling: 15 },
    );
    expect(among[0]).toEqual(alone[0]);
  });

  it.each([
    // The best document by words has 3/20 = 0.15 of what all words would give: half of the 0.3 at which words are
    // believed wholly, so they are believed (1/2)² = 1/4, and the best is worth 0.35/4.
    { best: 3, ceiling: 20, worth: 0.0875 },
    // 4.5/20 = 0.225 is three quarters of 0.3: 0.35 · 9/16.
    { best: 4.5, ceiling: 20, worth: 0.196875 },
    // 3/10 is 0.3.
    { best: 3, ceiling: 10, worth: 0.35 },
    // More than 0.3 is no more than wholly.
    { best: 6, ceiling: 10, worth: 0.35 },
    // 0.24/3.2 = 0.075 is a quarter of 0.3: 0.35/16. Scores below 1 are scores.
    { best: 0.24, ceiling: 3.2, worth: 0.021875 },
    { best: 0.24, ceiling: 0.8, worth: 0.35 },
    // Nothing that the words could give, or nothing that they gave, is no evidence.
    { best: 3, ceiling: 0, worth: 0 },
    { best: 0, ceiling: 10, worth: 0 },
  ])('takes $best of $ceiling by words for a cosine of $worth, and half of it for half', (example) => {
    const { best, ceiling, worth } = example;
    const matches = [
      { document: 1, score: best },
      { document: 2, score: best / 2 },
    ];
    const scores = new Map(
      fuse(
        new Map([
          [2, 0.4],
          [3, 0.25],
        ]),
        { matches, ceiling },
      ).map(({ document, fused }) => [document, fused]),
    );
    expect(scores.get(1)).toBeCloseTo(worth, 10);
    expect(scores.get(2)).toBeCloseTo(0.4 + worth / 2, 10);
    expect(scores.get(3)).toBe(0.25);
  });

  it('says what each way found, and null where one found nothing', () => {
    const semantic = new Map([
      [7, 0.5],
      [8, 0.125],
    ]);
    const keyword = {
      matches: [
        { document: 8, score: 4 },
        { document: 9, score: 2 },
      ],
      ceiling: 8,
    };
    // 4/8 is above 0.3: the best is worth 0.35, the other half of that.
    expect(fuse(semantic, keyword)).toEqual([
      { document: 7, semantic: 0.5, keyword: null, fused: 0.5 },
      { document: 8, semantic: 0.125, keyword: 4, fused: 0.475 },
      { document: 9, semantic: null, keyword: 2, fused: 0.175 },
    ]);
  });

  it('goes by meaning alone without evidence of words', () => {
    expect(NO_EVIDENCE).toEqual({ matches: [], ceiling: 0 });
    expect(fuse(new Map([[1, -0.2]]), NO_EVIDENCE)).toEqual([
      { document: 1, semantic: -0.2, keyword: null, fused: -0.2 },
    ]);
  });

  describe('where documents score the same', () => {
    const order = (semantic: [number, number][], matches: Scored[], ceiling = 1): number[] =>
      fuse(new Map(semantic), { matches, ceiling }).map(({ document }) => document);

    it('puts what is nearer in meaning first', () => {
      // The best by words is worth 0.35: 0.15 + 0.35 = 0.5.
      const found: [number, number][] = [
        [3, 0.15],
        [8, 0.5],
      ];
      const best = [{ document: 3, score: 1 }];
      expect(order(found, best)).toEqual([8, 3]);
      expect(order([...found].reverse(), best)).toEqual([8, 3]);
    });

    it('puts what is not near at all before what was not compared', () => {
      // 4: 0.35 by words and −0.175 in meaning. 2: half of 0.35 by words. Both have 0.175.
      const matches = [
        { document: 4, score: 1 },
        { document: 2, score: 0.5 },
      ];
      expect(order([[4, -0.175]], matches)).toEqual([4, 2]);
    });

    it('puts more words first where nobody believes words', () => {
      const found: [number, number][] = [
        [1, 0.5],
        [2, 0.5],
        [3, 0.5],
        [4, 0.5],
      ];
      const matches = [
        { document: 4, score: 3 },
        { document: 3, score: 2 },
      ];
      expect(order(found, matches, 0)).toEqual([4, 3, 1, 2]);
      expect(order([...found].reverse(), matches, 0)).toEqual([4, 3, 1, 2]);
    });

    it('goes by the number of the document last', () => {
      const found = [9, 4, 6].map((document): [number, number] => [document, 0.5]);
      expect(order(found, [])).toEqual([4, 6, 9]);
      const matches = [9, 4, 6].map((document) => ({ document, score: 1 }));
      expect(order([], matches)).toEqual([4, 6, 9]);
    });
  });
});
