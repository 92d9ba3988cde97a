import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHtmlStories } from '../../src/documents/parsers/html.js';

interface ExpectedPage {
  title?: string;
  author?: string;
  publishedAt?: string;
  /** The whole text, where each word of it is known. */
  text?: string;
  present?: string[];
  absent?: string[];
  ends?: string;
  related?: { title: string; url: string }[];
  /** Of a page that is several documents. */
  stories?: { title: string; publishedAt: string; source: string; starts: string }[];
}

const folder = new URL('../fixtures/documents/pages/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.html'));

describe.each(names)('the page %s', (name) => {
  const expected = JSON.parse(
    readFileSync(new URL(name.replace('.html', '.json'), folder), 'utf8'),
  ) as ExpectedPage;
  const documents = parseHtmlStories(readFileSync(new URL(name, folder), 'utf8'));
  const [first] = documents;

  it('has its own text, and none of the site', () => {
    const { text, present = [], absent = [], ends = '' } = expected;
    if (text !== undefined) expect(first?.text).toBe(text);
    for (const part of present) expect(first?.text).toContain(part);
    for (const part of absent) expect(first?.text).not.toContain(part);
    expect(first?.text.endsWith(ends)).toBe(true);
  });

  it('has its fields, and what it calls related as data', () => {
    const { title, author, publishedAt, related } = expected;
    const fields = Object.entries({ title, author, publishedAt }).filter(([, value]) => value !== undefined);
    expect(first).toMatchObject(Object.fromEntries(fields));
    if (related !== undefined) expect(first?.metadata.related_links).toEqual(related);
  });

  it('is as many documents as it has whole stories', () => {
    const { stories } = expected;
    expect(documents).toHaveLength(stories?.length ?? 1);
    const found = documents.map(({ title, publishedAt, source, text }) => ({
      title,
      publishedAt,
      source,
      starts: text.slice(0, 40),
    }));
    if (stories !== undefined) expect(found).toEqual(stories);
  });
});

describe('any page', () => {
  const sources = names.map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const words = 'The lake stood at four metres, and two streets are closed. ';

  it('is documents with trimmed texts and valid marks, wherever it was cut off or spliced', () => {
    const source = fc.constantFrom(...sources);
    const cut = fc.tuple(source, source, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(400));
    fc.assert(
      fc.property(cut, ([first, second, share, length]) => {
        const at = Math.floor(first.length * share);
        const spliced = `${first.slice(0, at)}${second.slice(at, at + length)}`;
        for (const { text, headings } of parseHtmlStories(spliced)) {
          expect(text).toBe(text.trim());
          for (const { offset, text: heading } of headings)
            expect(text.slice(offset, offset + heading.length)).toBe(heading);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps at most fifty related links, each once', () => {
    const links = Array.from(
      { length: 120 },
      (_, i) => `<li><a href="/${i}">A story with number ${i % 80}</a></li>`,
    );
    const [page] = parseHtmlStories(
      `<article><p>${words.repeat(9)}</p><h3>Related</h3><ul>${links.join('')}</ul></article>`,
    );
    expect(page?.text).toBe(words.repeat(9).trim());
    expect(page?.metadata.related_links).toHaveLength(50);
  });
});
