import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  estimatedResemblance,
  SIGNATURE_LENGTH,
  shinglesOf,
  signatureOf,
} from '../../src/documents/shingles.js';

describe('shingles', () => {
  it.each([
    ['Ships lay at anchor', ['ships lay at', 'lay at anchor']],
    ['Ships lay at', ['ships lay at']],
    ['the cat the cat the cat', ['the cat the', 'cat the cat']],
    // A shorter text is one of its own.
    ['Ships lay', ['ships lay']],
    ['Ships', ['ships']],
    ['', ['']],
  ])('of %j are three words in a row, each once', (text, shingles) => {
    expect([...shinglesOf(text)]).toEqual(shingles);
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

  it('share the part of their numbers that is equal', () => {
    const one = new Uint32Array(SIGNATURE_LENGTH).fill(7);
    const other = one.slice();
    expect(SIGNATURE_LENGTH).toBe(64);
    expect(estimatedResemblance(one, other)).toBe(1);
    // 16 of 64 are others, and then all.
    other.fill(8, 0, 16);
    expect(estimatedResemblance(one, other)).toBe(0.75);
    other.fill(8);
    expect(estimatedResemblance(one, other)).toBe(0);
  });

  it('are the smallest hash of any shingle, so that one of two texts together is the smaller of both', () => {
    const [one, other] = ['a b c', 'd e f'].map(signatureOf);
    const both = signatureOf('a b c d e f');
    // There are the shingles of both and two more.
    for (const [place, number] of both.entries()) {
      expect(number).toBeLessThanOrEqual(Math.min(one?.[place] ?? 0, other?.[place] ?? 0));
    }
  });
});
