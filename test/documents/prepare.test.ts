import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareDocument } from '../../src/documents/prepare.js';
import { shareWindow } from '../../src/documents/split.js';
import { countTokens, text, word } from './made-text.js';

const budget = shareWindow(64);

describe('prepareDocument', () => {
  it('makes no passage that exceeds the window together with what is put before it', () => {
    fc.assert(
      fc.property(text, fc.array(word, { maxLength: 60 }), (whole, title) => {
        const fields = {
          title: title.join(' '),
          url: null,
          source: null,
          author: null,
          publishedAt: null,
          language: null,
          tags: [],
          metadata: {},
        };
        const { passages } = prepareDocument(
          { ...fields, text: whole, headings: [], pages: [] },
          countTokens,
          budget,
        );
        for (const { input, tokens } of passages) {
          expect(tokens).toBe(countTokens(input));
          expect(tokens).toBeLessThanOrEqual(62);
        }
      }),
    );
  });
});
