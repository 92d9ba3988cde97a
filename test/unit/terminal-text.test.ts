import fc from 'fast-check';
import { expect, it } from 'vitest';
import { duration } from '../../src/cli/progress.js';
import { harmless, hitText, wrap } from '../../src/cli/text.js';

it('lets nothing from a document through that steers a terminal', () => {
  expect(harmless('a\x1b[31mred\x07\u202Egnp')).toBe('a [31mred  gnp');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(harmless(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      expect(harmless(text).length).toBe(text.length);
    }),
  );
});

it('wraps without losing a word', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^\S{1,30}$/), { minLength: 1 }), (words) => {
      expect(wrap(words.join(' ')).join(' ').split(' ')).toEqual(words);
    }),
  );
});

it('writes durations as people read them', () => {
  expect([2.25, 42.4, 75, 3_700].map(duration)).toEqual(['2.3s', '42s', '1m 15s', '1h 1m']);
});

it('shows of a long passage the sentence that answers', () => {
  const before = 'Nothing of note was said about it. '.repeat(20);
  const sentence = 'The gang demands 3.5 million crowns.';
  const text = `${before}${sentence} ${before}`;
  const passage = { id: 1, text, score: 1, start: 0, end: text.length, page: null, heading: null };
  const hit = (answer: [number, number] | null): string =>
    hitText(
      {
        score: 1,
        document: {
          id: 'd',
          title: 'T',
          url: null,
          source: null,
          author: null,
          publishedAt: null,
          language: 'en',
          tags: [],
          metadata: {},
        },
        passages: [{ ...passage, highlights: [[0, 7]], answer }],
        duplicates: [],
      },
      1,
    ).replace(/\s+/g, ' ');
  expect(hit([before.length, before.length + sentence.length])).toContain(sentence);
  expect(hit(null)).not.toContain(sentence);
});
