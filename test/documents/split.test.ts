import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareDocument } from '../../src/documents/prepare.js';
import { shareWindow, splitIntoPassages } from '../../src/documents/split.js';
import type { HeadingMark } from '../../src/types.js';

/** A token a letter or digit run, one for each other sign: like WordPiece, it adds up over white space. */
const countTokens = (text: string): number =>
  (text.match(/[\p{L}\p{N}]{1,6}|[^\p{L}\p{N}\s]/gu) ?? []).length;

const budget = shareWindow(64);
const split = (text: string, headings: HeadingMark[] = [], pages: { offset: number; page: number }[] = []) =>
  splitIntoPassages({ text, headings, pages, countTokens, budget });

const word = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }).map((s) => s.replace(/\s/g, 'x') || 'x'),
  fc.constantFrom('Die', 'Stadt.', 'Why?', '上海市', '😀', 'e.g.', '"so"', 'été', '…'),
);
const paragraph = fc.array(word, { minLength: 1, maxLength: 80 }).map((words) => words.join(' '));
const longWord = fc.integer({ min: 1, max: 9_000 }).map((length) => '𝒳'.repeat(length));
const text = fc
  .array(fc.oneof({ weight: 9, arbitrary: paragraph }, { weight: 1, arbitrary: longWord }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((paragraphs) => paragraphs.join('\n\n').trim());

describe('splitIntoPassages', () => {
  it('loses no character that is not white space, and takes none twice', () => {
    fc.assert(
      fc.property(text, (whole) => {
        let end = 0;
        for (const passage of split(whole)) {
          expect(whole.slice(passage.start, passage.end)).toBe(passage.text);
          expect(whole.slice(end, passage.start).trim()).toBe('');
          end = passage.end;
        }
        expect(whole.slice(end).trim()).toBe('');
      }),
    );
  });

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

  it('joins short paragraphs up to the target', () => {
    const passages = split(Array.from({ length: 6 }, (_, i) => `Line ${i} is short.`).join('\n\n'));
    expect(passages.map(({ text: own }) => own.split('\n\n').length)).toEqual([6]);
  });

  it('parts a long paragraph at the ends of sentences', () => {
    const sentence = 'The quick brown fox jumps over the lazy dog by the river.';
    const passages = split(Array.from({ length: 12 }, () => sentence).join(' '));
    expect(passages.length).toBeGreaterThan(2);
    for (const passage of passages) expect(passage.text.replaceAll(sentence, '').trim()).toBe('');
  });

  it('begins a passage at a heading and gives each passage the heading it stands under', () => {
    const whole = 'Before it.\n\nCosts\n\nIt was dear.\n\nTime\n\nIt took long.';
    const headings = ['Costs', 'Time'].map((heading) => ({ text: heading, offset: whole.indexOf(heading) }));
    expect(split(whole, headings).map(({ text: own, heading }) => [own, heading])).toEqual([
      ['Before it.', null],
      ['Costs\n\nIt was dear.', 'Costs'],
      ['Time\n\nIt took long.', 'Time'],
    ]);
  });

  it('gives each passage the page on which it begins', () => {
    const page = Array.from({ length: 20 }, (_, i) => `Sentence ${i} of this page.`).join(' ');
    const whole = `${page}\n\n${page}`;
    const pages = [
      { offset: 0, page: 1 },
      { offset: page.length + 2, page: 2 },
    ];
    for (const passage of split(whole, [], pages)) {
      expect(passage.page).toBe(passage.start < page.length + 2 ? 1 : 2);
    }
  });
});
