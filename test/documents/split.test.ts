import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareWindow, splitIntoPassages } from '../../src/documents/split.js';
import type { HeadingMark } from '../../src/types.js';
import { countTokens, made, splitMade } from './made-text.js';

const budget = shareWindow(64);
const split = (text: string, headings: HeadingMark[] = [], pages: { offset: number; page: number }[] = []) =>
  splitIntoPassages({ text, headings, pages, countTokens, budget });

describe('shareWindow', () => {
  it.each([
    // A quarter for the title, an eighth for the heading, two tokens for the model's own; the rest is the passage's.
    { window: 256, title: 64, heading: 32, passage: 158, target: 64 },
    { window: 512, title: 128, heading: 64, passage: 318, target: 64 },
    // 100 / 8 = 12.5; 100 − 2 − 25 − 12 = 61 is less than the 64 that passages are best found with.
    { window: 100, title: 25, heading: 12, passage: 61, target: 61 },
    { window: 64, title: 16, heading: 8, passage: 38, target: 38 },
  ])('of $window tokens gives $passage to the passage', ({ window, ...shares }) => {
    expect(shareWindow(window)).toEqual(shares);
  });
});

describe('splitIntoPassages, with a token for each word', () => {
  const countWords = (written: string): number => written.split(/\s+/).filter((each) => each !== '').length;
  interface Options {
    target?: number;
    passage?: number;
    headings?: string[];
    countTokens?: (text: string) => number;
  }
  const passagesOf = (
    whole: string,
    { target = 64, passage = 158, headings = [], countTokens: count = countWords }: Options = {},
  ) =>
    splitIntoPassages({
      text: whole,
      headings: headings.map((heading) => ({ text: heading, offset: whole.indexOf(heading) })),
      pages: [],
      countTokens: count,
      budget: { title: 0, heading: 0, passage, target },
    });
  const textsOf = (whole: string, options?: Options): string[] =>
    passagesOf(whole, options).map(({ text: own }) => own);
  const wordsOf = (count: number): string => Array.from({ length: count }, () => 'w').join(' ');
  const paragraphs = (...counts: number[]): string => counts.map(wordsOf).join('\n\n');

  it.each([
    // The last part of less than 24 tokens goes to the one before it, if the window holds both.
    { counts: [60, 23], passage: 158, tokens: [83] },
    { counts: [60, 24], passage: 158, tokens: [60, 24] },
    { counts: [60, 1], passage: 61, tokens: [61] },
    { counts: [60, 10], passage: 70, tokens: [70] },
    { counts: [60, 10], passage: 69, tokens: [60, 10] },
    // Only the last one does.
    { counts: [60, 10, 60, 10], passage: 158, tokens: [60, 10, 70] },
    // A document of little is one passage.
    { counts: [5], passage: 158, tokens: [5] },
    // Paragraphs join up to 64.
    { counts: [30, 34, 40, 25], passage: 158, tokens: [64, 40, 25] },
    { counts: [30, 35, 40, 24], passage: 158, tokens: [30, 35, 64] },
    { counts: [20, 20, 20, 40], passage: 158, tokens: [60, 40] },
  ])('makes $tokens of paragraphs of $counts tokens in a window of $passage', (example) => {
    const { counts, passage, tokens } = example;
    const target = Math.min(64, passage);
    expect(passagesOf(paragraphs(...counts), { passage, target }).map((each) => each.tokens)).toEqual(tokens);
  });

  it('joins a small rest with all that is between', () => {
    const whole = paragraphs(60, 10);
    expect(passagesOf(whole)).toEqual([
      { text: whole, start: 0, end: whole.length, page: null, heading: null, tokens: 70 },
    ]);
  });

  it('joins no rest that begins with a heading', () => {
    const whole = `${wordsOf(60)}\n\nCosts\n\nlittle`;
    expect(textsOf(whole, { headings: ['Costs'] })).toEqual([wordsOf(60), 'Costs\n\nlittle']);
    expect(textsOf(whole)).toEqual([whole]);
  });

  it('makes no passage of more than 2,000 characters, however few its tokens', () => {
    const long = (length: number): string => 'x'.repeat(length);
    const lengths = (whole: string): number[] => textsOf(whole).map((own) => own.length);
    expect(passagesOf(long(2_000)).map(({ end, tokens }) => [end, tokens])).toEqual([[2_000, 1]]);
    // Half of 2,001 is 1,000, and the two together would be too long again.
    expect(lengths(long(2_001))).toEqual([1_000, 1_001]);
    // With the blank line between, 1,000 + 2 + 998 are 2,000.
    expect(lengths(`${long(1_000)}\n\n${long(998)}`)).toEqual([2_000]);
    expect(lengths(`${long(1_000)}\n\n${long(999)}`)).toEqual([1_000, 999]);
  });

  it.each([
    { target: 6, texts: ['One two three. Four five six.', 'Seven eight nine.'] },
    { target: 5, texts: ['One two three.', 'Four five six.', 'Seven eight nine.'] },
    { target: 9, texts: ['One two three. Four five six. Seven eight nine.'] },
    // Sentences are too long too: words fill each passage, and what ends a sentence is one.
    { target: 2, texts: ['One two', 'three.', 'Four five', 'six.', 'Seven eight', 'nine.'] },
    {
      target: 1,
      texts: ['One', 'two', 'three', '.', 'Four', 'five', 'six', '.', 'Seven', 'eight', 'nine', '.'],
    },
  ])('parts sentences and words that do not fit into $target tokens', ({ target, texts }) => {
    const whole = 'One two three. Four five six. Seven eight nine.';
    expect(textsOf(whole, { target, passage: target })).toEqual(texts);
  });

  it('parts paragraphs at blank lines, also at such as hold spaces, and not at line breaks', () => {
    const whole = 'a\nb  \n \t\n  c d\n\n\n\ne\n f';
    expect(textsOf(whole, { target: 2, passage: 2 })).toEqual(['a\nb', 'c d', 'e\n f']);
  });

  it('takes a paragraph that fits as it is, with its line breaks', () => {
    // Whatever each is, it has one token: nothing is parted and nothing joined.
    const whole = 'a\nb  \n \t\n  c d\n\n\n\ne\n f';
    const texts = textsOf(whole, { target: 1, passage: 1, countTokens: () => 1 });
    expect(texts).toEqual(['a\nb', 'c d', 'e\n f']);
  });

  it('leaves out white space before a sentence, and counts none', () => {
    const counted: string[] = [];
    const countTokens = (written: string): number => {
      counted.push(written);
      return countWords(written);
    };
    const whole = 'One two.\n  Three four five.';
    expect(textsOf(whole, { target: 2, passage: 2, countTokens })).toEqual([
      'One two.',
      'Three four',
      'five.',
    ]);
    expect(counted.filter((written) => written.trim() !== written || written === '')).toEqual([]);
  });

  const countLetters = (written: string): number => [...written].length;

  it.each([
    // Halves, and halves of these, until each fits; parts that fit together are joined again.
    { word: 'abcdefghijkl', target: 12, texts: ['abcdefghijkl'] },
    { word: 'abcdefghijkl', target: 6, texts: ['abcdef', 'ghijkl'] },
    { word: 'abcdefghijkl', target: 5, texts: ['abc', 'def', 'ghi', 'jkl'] },
    { word: 'abcde', target: 3, texts: ['ab', 'cde'] },
    { word: 'abcde', target: 1, texts: ['a', 'b', 'c', 'd', 'e'] },
    // Of three signs of two units each, the middle would be within the second.
    { word: '𝒳𝒴𝒵', target: 2, texts: ['𝒳𝒴', '𝒵'] },
    { word: '𝒳𝒴𝒵', target: 1, texts: ['𝒳', '𝒴', '𝒵'] },
    // A letter that is too much is not cut.
    { word: '𝒳a', target: 0, texts: ['𝒳', 'a'] },
  ])('cuts $word, where $target letters fit, to $texts', ({ word: whole, target, texts }) => {
    expect(textsOf(whole, { target, passage: target, countTokens: countLetters })).toEqual(texts);
  });

  it('keeps headings in a row together, under the last of them', () => {
    const whole = 'Part one\n\nCosts\n\nIt was dear.\n\nVery.\n\nTime\n\nLong.';
    expect(
      passagesOf(whole, { headings: ['Part one', 'Costs', 'Time'] }).map(({ text: own, heading }) => [
        own,
        heading,
      ]),
    ).toEqual([
      ['Part one\n\nCosts\n\nIt was dear.\n\nVery.', 'Costs'],
      ['Time\n\nLong.', 'Time'],
    ]);
  });

  it('keeps three headings together as it does two', () => {
    const whole = 'Part one\n\nCosts\n\nOf ships\n\nDear.';
    const [only, ...others] = passagesOf(whole, { headings: ['Part one', 'Costs', 'Of ships'] });
    expect([only?.text, only?.heading, others]).toEqual([whole, 'Of ships', []]);
  });

  it('gives each passage under a heading the heading, and its own to each that does not fit', () => {
    const whole = 'Part one\n\nCosts now\n\nIt was dear.\n\nAnd it was late.';
    expect(
      passagesOf(whole, { target: 3, passage: 3, headings: ['Part one', 'Costs now'] }).map(
        ({ text: own, heading }) => [own, heading],
      ),
    ).toEqual([
      ['Part one', 'Part one'],
      ['Costs now', 'Costs now'],
      ['It was dear.', 'Costs now'],
      ['And it was', 'Costs now'],
      ['late.', 'Costs now'],
    ]);
  });

  it('gives each passage the last page that has begun where it begins', () => {
    const whole = 'aa\n\nbb\n\ncc\n\ndd';
    const pagesOf = (pages: { offset: number; page: number }[]): (number | null)[] =>
      splitIntoPassages({
        text: whole,
        headings: [],
        pages,
        countTokens: countWords,
        budget: { title: 0, heading: 0, passage: 1, target: 1 },
      }).map(({ page }) => page);
    expect(pagesOf([])).toEqual([null, null, null, null]);
    // They begin at 0, 4, 8 and 12.
    expect(pagesOf([{ offset: 0, page: 1 }])).toEqual([1, 1, 1, 1]);
    expect(
      pagesOf([
        { offset: 4, page: 2 },
        { offset: 9, page: 3 },
        { offset: 10, page: 4 },
      ]),
    ).toEqual([null, 2, 2, 4]);
  });

  it('makes nothing of nothing', () => {
    expect(passagesOf('')).toEqual([]);
  });
});

describe('splitIntoPassages', () => {
  it('loses no character that is not white space, and takes none twice', () => {
    fc.assert(
      fc.property(made, (each) => {
        const { whole } = each;
        let end = 0;
        for (const passage of splitMade(each).passages) {
          expect(whole.slice(passage.start, passage.end)).toBe(passage.text);
          expect(whole.slice(end, passage.start).trim()).toBe('');
          end = passage.end;
        }
        expect(whole.slice(end).trim()).toBe('');
      }),
    );
  });

  it('makes no passage above the target but the last, and none that has text before a heading', () => {
    fc.assert(
      fc.property(made, (each) => {
        const { passages, headings, own } = splitMade(each);
        const offsets = new Set(headings.map(({ offset }) => offset));
        for (const [place, { tokens, start, end }] of passages.entries()) {
          const most = place === passages.length - 1 ? own.passage : own.target;
          expect(tokens).toBeLessThanOrEqual(most);
          expect(end - start).toBeLessThanOrEqual(2_000);
          const within = [...offsets].filter((offset) => offset > start && offset < end);
          if (within.length > 0) expect(offsets.has(start)).toBe(true);
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
