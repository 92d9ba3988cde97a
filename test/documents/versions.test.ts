import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimatedResemblance, shinglesOf, signatureOf } from '../../src/documents/shingles.js';
import { areVersions } from '../../src/documents/versions.js';
import { foldVersions } from '../../src/search/fold-versions.js';

const story = `Ransomware halted the harbour on Monday. Twenty-seven ships lay at anchor while clerks wrote manifests by
  hand. The port authority said that no ransom would be paid, and that the cranes would turn again within days. On the
  quays, drivers slept in their cabs. A spokeswoman called it the longest queue since the strike of 1974.`;

const alike = (one: string, other: string): boolean => areVersions(shinglesOf(one), shinglesOf(other));

describe('versions', () => {
  it('are a story and its rewrite, its beginning, and the whole of it with a lead', () => {
    expect(alike(story, story.replace('clerks', 'staff').replace('slept', 'waited'))).toBe(true);
    expect(alike(story, story.slice(0, story.length / 2))).toBe(true);
    expect(alike(story, `Hackers struck again this week, the second time in a year. ${story}`)).toBe(true);
  });

  it('are not two stories of one subject, nor a brief and the digest that it stands in', () => {
    const other = 'The harbour opened again on Friday. Ships that lay at anchor were unloaded within days.';
    expect(alike(story, other)).toBe(false);
    const digest = Array.from({ length: 9 }, (_, i) => story.replace(/\w+/g, (word) => `${word}${i}`));
    expect(alike(story, [story, ...digest].join(' '))).toBe(false);
  });
});

describe('signatures', () => {
  it('estimate what part of their shingles two texts share', () => {
    const word = fc.stringMatching(/^[a-z]{3,6}$/);
    const texts = fc.tuple(
      fc.array(word, { minLength: 30, maxLength: 80 }),
      fc.array(word, { minLength: 1, maxLength: 80 }),
    );
    fc.assert(
      fc.property(texts, ([shared, own]) => {
        const [one, other] = [shared.join(' '), [...shared, ...own].join(' ')];
        const [a, b] = [shinglesOf(one), shinglesOf(other)];
        const common = [...a].filter((shingle) => b.has(shingle)).length;
        const resemblance = common / (a.size + b.size - common);
        const estimate = estimatedResemblance(signatureOf(one), signatureOf(other));
        // Five standard deviations of 64 draws.
        expect(Math.abs(estimate - resemblance)).toBeLessThan(0.32);
      }),
      { numRuns: 60 },
    );
  });

  it('are equal where only case, accents and punctuation differ', () => {
    expect(signatureOf('Ça va, très BIEN!')).toEqual(signatureOf('ca va tres bien'));
  });
});

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
});
