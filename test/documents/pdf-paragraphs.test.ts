import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markHeadings, printedTitle } from '../../src/documents/parsers/pdf/headings.js';
import type { Block } from '../../src/documents/parsers/pdf/lines.js';
import { type PageLine, paragraphsOf } from '../../src/documents/parsers/pdf/paragraphs.js';
import { textOf } from '../../src/documents/parsers/pdf/text.js';

const COLUMN: Block = { left: 50, right: 290, pitch: 12 };

/** Lines of a column 48 characters wide, 12 points below each other. */
function lines(texts: string[], options: Partial<PageLine> = {}): PageLine[] {
  return texts.map((text, i) => line(text, { baseline: 100 + i * 12, ...options }));
}

function line(text: string, options: Partial<PageLine> = {}): PageLine {
  const left = options.left ?? 50;
  return {
    text,
    left,
    right: left + text.length * 5,
    baseline: 100,
    size: 10,
    isRow: false,
    block: COLUMN,
    page: 1,
    heading: null,
    ...options,
  };
}

const paragraphs = (all: PageLine[]) => textOf(paragraphsOf(all)).text.split('\n\n');

const FULL = [
  'The lake stood at four metres on Wednesday night',
  'and two of the streets in the old town are to be',
  'closed to traffic until the end of the week, the',
];

describe('paragraphs', () => {
  it('end where a sentence ends and the next word had room', () => {
    const all = lines([
      ...FULL,
      'mayor said.',
      'Nobody was hurt. The bridge is open again to all',
      'who walk.',
    ]);
    expect(paragraphs(all)).toHaveLength(2);
    expect(
      paragraphs(lines([...FULL, 'mayor of the town said in a letter to the state.', ...FULL])),
    ).toHaveLength(1);
  });

  it('begin with a line that is set in, or set out among works', () => {
    const [first = '', ...others] = FULL;
    const full = [...lines(FULL), line(`${first}.`, { baseline: 136 })];
    const setIn = [
      line(first, { left: 62, baseline: 148 }),
      ...lines(others).map((each, i) => ({ ...each, baseline: 160 + i * 12 })),
    ];
    expect(paragraphs([...full, ...setIn])).toHaveLength(2);
    const works = [0, 1, 2].flatMap((i) => [
      line('Abel, A. and others, A work on lakes and towns, ', { baseline: 100 + i * 36 }),
      line('which has a long title and appeared in Bled in', { left: 62, baseline: 112 + i * 36 }),
      line('nineteen ninety-nine', { left: 62, baseline: 124 + i * 36 }),
    ]);
    expect(paragraphs(works)).toHaveLength(3);
  });

  it('begin after a gap, unless the sentence goes on around a formula', () => {
    const gap = (text: string) => [...lines(FULL), line(text, { baseline: 160 })];
    expect(paragraphs(gap('The mayor said so.'))).toHaveLength(2);
    expect(paragraphs(gap('mayor said.'))).toHaveLength(1);
  });

  it('go on in the next column and on the next page, but not into other type', () => {
    const next = { block: { ...COLUMN, left: 320, right: 560 } };
    expect(paragraphs([...lines(FULL), ...lines(['mayor said.'], next)])).toHaveLength(1);
    expect(
      paragraphs([...lines(FULL), ...lines(['Mayor of Bled said.'], { ...next, page: 2 })]),
    ).toHaveLength(1);
    expect(paragraphs([...lines(FULL), line('The small print', { size: 7, baseline: 136 })])).toHaveLength(2);
  });

  it('are the items of a list, and the rows of a table are lines of one', () => {
    const rows = lines(['Lake | Depth', 'Bled | 30 m'], { isRow: true });
    expect(
      paragraphs([
        ...rows,
        ...lines(['• bread', '• salt']).map((each) => ({ ...each, baseline: each.baseline + 60 })),
      ]),
    ).toEqual(['Lake | Depth\nBled | 30 m', '• bread', '• salt']);
  });

  it('hold the rows of a table that go on over several lines together', () => {
    const rows = [
      line('(1) An acid with a long', { isRow: false }),
      line('name | 96', { isRow: true, baseline: 112 }),
    ];
    expect(paragraphs(rows)).toEqual(['(1) An acid with a long name | 96']);
  });

  it('have words that were parted at a line end mended, and compounds and names with their hyphen', () => {
    const all = lines([
      'A well-known author of JavaScript and many exam-',
      'ples of Java-',
      'Script and of a few well-',
      'known plays met the poet Jean-',
      'Paul on the road to Berlin-',
      '2000 and then told him of it',
    ]);
    expect(paragraphs(all)).toEqual([
      'A well-known author of JavaScript and many examples of JavaScript and of a few well-known plays met the poet Jean-Paul on the road to Berlin-2000 and then told him of it',
    ]);
  });

  it('of scripts without spaces have none where a line ended', () => {
    expect(paragraphs(lines(['日本語の文章は行の終わりで', '続きます。'], { right: 290 }))).toEqual([
      '日本語の文章は行の終わりで続きます。',
    ]);
  });

  it('know where each page begins', () => {
    const { text, pages } = textOf(
      paragraphsOf([...lines(FULL), ...lines(['mayor said.', 'Then all went home.'], { page: 3 })]),
    );
    expect(pages.map(({ page, offset }) => [page, text.slice(offset, offset + 5)])).toEqual([
      [1, 'The l'],
      [3, 'mayor'],
    ]);
  });
});

describe('headings', () => {
  const body = (baseline: number) => FULL.map((text, i) => line(text, { baseline: baseline + i * 12 }));

  it('are the titles of the outline where they stand on their page, over several lines too', () => {
    const all = [line('2. Of lakes'), line('and towns', { baseline: 112 }), ...body(124)];
    markHeadings(all, [
      { title: 'Of Lakes and Towns', page: 1 },
      { title: 'The lake stood', page: 2 },
    ]);
    const { text, headings } = textOf(paragraphsOf(all));
    expect(headings).toEqual([{ offset: 0, text: '2. Of lakes and towns' }]);
    expect(text.startsWith('2. Of lakes and towns\n\nThe lake stood')).toBe(true);
  });

  it('are short lines in larger type where there is no outline, but not where much is large', () => {
    const large = (text: string, baseline: number) => line(text, { size: 14, baseline });
    const all = [
      large('Of lakes', 100),
      ...body(124),
      ...body(160),
      large('Of towns', 220),
      ...body(240),
      ...body(280),
      ...body(320),
    ];
    markHeadings(all, []);
    expect(textOf(paragraphsOf(all)).headings.map(({ text }) => text)).toEqual(['Of lakes', 'Of towns']);
    const slides = [large('Of lakes', 100), line('Deep'), large('Of towns', 220), line('Old')];
    markHeadings(slides, []);
    expect(textOf(paragraphsOf(slides)).headings).toEqual([]);
  });

  it('include the title of the document: the largest type of its first page, if that is clear', () => {
    const title = line('The Lake Report', { size: 20, baseline: 90 });
    expect(printedTitle([title, ...body(120)], 800)).toBe('The Lake Report');
    expect(printedTitle([{ ...title, baseline: 700 }, ...body(120)], 800)).toBeNull();
    expect(printedTitle(body(120), 800)).toBeNull();
    expect(printedTitle([title, ...body(120), { ...title, text: 'Buy now', baseline: 400 }], 800)).toBeNull();
  });
});

describe('any lines', () => {
  const blocks: Block[] = [COLUMN, { left: 320, right: 560, pitch: 0 }];
  const anyLine = fc.record({
    text: fc.oneof(
      fc.constantFrom('A whole sentence.', 'exam-', 'ples', '• bread', '12'),
      fc.stringMatching(/^\S{1,9}( \S{1,9})?$/),
    ),
    left: fc.integer({ min: 0, max: 500 }),
    baseline: fc.integer({ min: 0, max: 800 }),
    size: fc.constantFrom(8, 10, 14),
    isRow: fc.boolean(),
    block: fc.constantFrom(...blocks),
    heading: fc.constantFrom(null, null, 1),
    pageStep: fc.constantFrom(0, 0, 1),
  });

  it('are each in the text once, with marks that ascend and headings that are there', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 30 }), (drawn) => {
        let page = 1;
        const all = drawn.map(({ pageStep, text, ...rest }) => {
          page += pageStep;
          return line(text, { ...rest, page });
        });
        const { text, pages, headings } = textOf(paragraphsOf(all));
        const letters = (printed: string) => printed.replace(/[\s\u2010\u00AD-]/g, '');
        expect(letters(text)).toBe(letters(all.map((each) => each.text).join('')));
        expect(pages.map((mark) => mark.page)).toEqual([...new Set(all.map((each) => each.page))]);
        for (const { offset, text: heading } of headings)
          expect(text.slice(offset, offset + heading.length)).toBe(heading);
        for (const marks of [pages, headings]) {
          expect(marks.map(({ offset }) => offset)).toEqual(
            marks.map(({ offset }) => offset).sort((a, b) => a - b),
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
