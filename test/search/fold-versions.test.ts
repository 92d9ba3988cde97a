import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldVersions } from '../../src/search/fold-versions.js';

describe('foldVersions', () => {
  const ranking = [
    { document: 5, score: 0.9 },
    { document: 7, score: 0.85 },
    { document: 6, score: 0.84 },
    { document: 8, score: 0.4 },
  ];
  const groups: Record<number, number[]> = { 5: [6, 5, 99], 6: [6, 5, 99], 7: [8, 7], 8: [8, 7] };

  it('shows the newest of a group where it answers as well, in the place of the best', () => {
    expect(foldVersions(ranking, (document) => groups[document] ?? [document])).toEqual([
      { document: 6, score: 0.9, duplicates: [5] },
      { document: 7, score: 0.85, duplicates: [8] },
    ]);
  });

  it('loses and doubles no document', () => {
    const ranked = fc
      .uniqueArray(fc.nat({ max: 30 }), { maxLength: 20 })
      .map((documents) => documents.map((document, i) => ({ document, score: 1 - i / 40 })));
    fc.assert(
      fc.property(ranked, fc.integer({ min: 1, max: 5 }), (list, size) => {
        const of = (document: number): number[] =>
          Array.from({ length: size }, (_, i) => Math.floor(document / size) * size + i);
        const folded = foldVersions(list, of);
        const all = folded.flatMap(({ document, duplicates }) => [document, ...duplicates]);
        expect(all.toSorted((a, b) => a - b)).toEqual(
          list.map(({ document }) => document).toSorted((a, b) => a - b),
        );
        expect(folded.map(({ score }) => score)).toEqual(
          folded.map(({ score }) => score).toSorted((a, b) => b - a),
        );
      }),
    );
  });

  it.each([
    // The newest is shown with half of the best score, and not with less.
    { newest: 0.4, shown: 2, hidden: 1 },
    { newest: 0.399, shown: 1, hidden: 2 },
    { newest: 0.79, shown: 2, hidden: 1 },
    { newest: 0.01, shown: 1, hidden: 2 },
  ])('shows document $shown where the best has 0.8 and the newest $newest', ({ newest, shown, hidden }) => {
    const list = [
      { document: 1, score: 0.8 },
      { document: 2, score: newest },
    ];
    expect(foldVersions(list, () => [2, 1])).toEqual([{ document: shown, score: 0.8, duplicates: [hidden] }]);
  });

  it('shows the newest of those that answer well enough, and the others newest first', () => {
    const list = [
      { document: 1, score: 0.9 },
      { document: 3, score: 0.5 },
      { document: 2, score: 0.45 },
      { document: 4, score: 0.2 },
    ];
    // 4 is the newest, with less than 0.45; then 2 with just so much.
    expect(foldVersions(list, () => [4, 2, 3, 1])).toEqual([
      { document: 2, score: 0.9, duplicates: [4, 3, 1] },
    ]);
  });

  it('leaves versions out that were not found', () => {
    expect(foldVersions([{ document: 1, score: 0.9 }], () => [7, 1, 8])).toEqual([
      { document: 1, score: 0.9, duplicates: [] },
    ]);
  });

  it('leaves documents without versions as they are', () => {
    const list = [
      { document: 4, score: 0.9 },
      { document: 1, score: 0.1 },
    ];
    expect(foldVersions(list, (document) => [document])).toEqual([
      { document: 4, score: 0.9, duplicates: [] },
      { document: 1, score: 0.1, duplicates: [] },
    ]);
    expect(foldVersions([], (document) => [document])).toEqual([]);
  });

  it('asks for the versions of a document once', () => {
    const asked: number[] = [];
    foldVersions(ranking, (document) => {
      asked.push(document);
      return groups[document] ?? [document];
    });
    expect(asked).toEqual([5, 7]);
  });
});
