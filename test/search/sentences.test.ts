import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../src/search/sentences.js';

const textsOf = (text: string, language: string | null = 'en'): string[] =>
  sentencesOf(text, language).map((range) => text.slice(...range));

describe('the sentences of a passage', () => {
  it('stand in order, do not overlap, and hold every letter, whatever the text and the language', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.option(fc.string()), (text, language) => {
        let reached = 0;
        for (const [start, end] of sentencesOf(text, language)) {
          expect(text.slice(reached, start)).not.toMatch(/[\p{L}\p{N}]/u);
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          reached = end;
        }
        expect(text.slice(reached)).not.toMatch(/[\p{L}\p{N}]/u);
      }),
    );
  });

  it('go on over a line that is only broken for its length, not over a blank line or a list', () => {
    expect(textsOf('The ferry from\nOrra is late. It\nwaits.\n\nA heading\n\n- one\n- two')).toEqual([
      'The ferry from\nOrra is late.',
      'It\nwaits.',
      'A heading',
      '- one',
      '- two',
    ]);
  });

  it('go on behind an abbreviation, not over the end of a paragraph', () => {
    expect(
      textsOf('Mr. Smith met Dr. Jones in St. Ives. It rained, e.g. Sunday. Ask the EU.\n\nIt was J.\n\nB.'),
    ).toEqual([
      'Mr. Smith met Dr. Jones in St. Ives.',
      'It rained, e.g. Sunday.',
      'Ask the EU.',
      'It was J.',
      'B.',
    ]);
  });

  it('are found in scripts without spaces', () => {
    expect(textsOf('渡し船は遅れた。霧が濃かった。', 'ja')).toEqual(['渡し船は遅れた。', '霧が濃かった。']);
  });
});
