import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../src/documents/parsers/markdown.js';

it('front matter keeps the digits of a number that JavaScript has not', async () => {
  const { metadata } = parseMarkdown('---\nsmall: 12\nlarge: 9007199254740993\npart: 0.5\n---\nWords.');
  expect(metadata).toEqual({ small: 12, large: '9007199254740993', part: 0.5 });
});

describe('parseMarkdown', () => {
  it('takes the fields of the front matter, and keeps the rest as metadata', () => {
    const document = parseMarkdown(
      '---\ntitle: Tides\nauthors: [A. Moor, B. Lind]\ndate: 2025-07-16\nsite: Gazette\ncanonical: https://example.org/t\nlang: en\ntags: [sea, moon]\ndraft: true\n---\n# Tides\n\nWords.',
    );
    expect(document).toEqual({
      title: 'Tides',
      author: 'A. Moor, B. Lind',
      publishedAt: '2025-07-16',
      source: 'Gazette',
      url: 'https://example.org/t',
      language: 'en',
      tags: ['sea', 'moon'],
      metadata: { draft: true },
      text: 'Words.',
      headings: [],
      pages: [],
    });
  });

  it.each([
    '---\ntitle: [unclosed\n---\nWords.',
    '---\njust a sentence here\n---\nWords.',
    '---\na: *nowhere\n---\nWords.',
  ])('keeps front matter that is none as text: %j', (source) => {
    const { text, title } = parseMarkdown(source);
    expect(text).toContain(source.split('\n')[1]);
    expect(text).toContain('Words.');
    expect(title).toBeNull();
  });

  it('keeps an unreadable date as metadata', () => {
    expect(parseMarkdown('---\ndate: some day\n---\nWords.')).toMatchObject({
      publishedAt: null,
      metadata: { date: 'some day' },
    });
  });

  it('drops the markup and keeps what it says', () => {
    const { text } = parseMarkdown(
      'See *the* **[map](https://example.org)** of `ports` &amp; ![a boat](b.png) <b>here</b>.<br>Next \\* line  \nlast',
    );
    expect(text).toBe('See the map of ports & a boat here.\nNext * line\nlast');
  });

  it('keeps code as it is, lists as lines and tables as rows', () => {
    const { text } = parseMarkdown(
      '```js\nif (a) {\n  b();\n}\n```\n\n1. one\n2. two\n   - inner *item*\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\n> quoted',
    );
    expect(text).toBe('if (a) {\n  b();\n}\n\n1. one\n2. two\n  - inner item\n\na | b\n1 | 2\n\nquoted');
  });

  it('marks headings, and takes the first level-one heading out as the title', () => {
    const { title, text, headings } = parseMarkdown(
      '# The *sea*\n\nWords.\n\n## Tides\n\nMore.\n\nWaves\n=====\n\nEnd.',
    );
    expect(title).toBe('The sea');
    expect(text).toBe('Words.\n\nTides\n\nMore.\n\nWaves\n\nEnd.');
    expect(
      headings.map((heading) => text.slice(heading.offset, heading.offset + heading.text.length)),
    ).toEqual(['Tides', 'Waves']);
  });

  it('strips HTML to its text', () => {
    expect(parseMarkdown('<div align="center"><p>Hello</p><script>x()</script></div>\n\nWords.').text).toBe(
      'Hello\n\nWords.',
    );
  });

  it('keeps the marks of any source within its text', () => {
    const piece = fc.constantFrom(
      '# a',
      '## b\n',
      '- c',
      '> d',
      '| e | f |\n|--|--|\n| g | h |',
      '```',
      '<p>i</p>',
      '[j](k)',
      '\n\n',
      '---\n',
      '**l**',
      '[^1]: m',
      '&lt;',
      'word ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(piece).map((pieces) => pieces.join('\n')),
        ),
        (source) => {
          const { text, headings } = parseMarkdown(source);
          expect(text).toBe(text.trim());
          let last = -1;
          for (const heading of headings) {
            expect(heading.offset).toBeGreaterThan(last);
            expect(text.slice(heading.offset, heading.offset + heading.text.length)).toBe(heading.text);
            last = heading.offset;
          }
        },
      ),
    );
  });

  it('keeps the words of plain prose', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(words, (each) => {
        expect(parseMarkdown(`${each.join(' ')}\n\n${each.join('\n')}`).text).toBe(
          `${each.join(' ')}\n\n${each.join(' ')}`,
        );
      }),
    );
  });
});
