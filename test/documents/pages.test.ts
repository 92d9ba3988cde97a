import { readdirSync, readFileSync } from 'node:fs';
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
