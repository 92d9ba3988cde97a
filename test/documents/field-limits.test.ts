import { describe, expect, it } from 'vitest';
import { FIELD_BYTES, sizeIssues, withinFieldLimits } from '../../src/documents/field-limits.js';
import { unknownFields } from '../../src/documents/fields.js';
import { parseFile } from '../../src/documents/parse.js';
import type { ParsedDocument } from '../../src/types.js';

const document = (fields: Partial<ParsedDocument>): ParsedDocument => ({
  ...unknownFields(),
  text: 'Words.',
  headings: [],
  pages: [],
  ...fields,
});

describe('withinFieldLimits', () => {
  it('leaves a document as it is where nothing is too large', () => {
    const small = document({ title: 'é'.repeat(1_000), metadata: { notes: 'x'.repeat(60_000) } });
    expect(withinFieldLimits(small)).toBe(small);
  });

  it('cuts a line in front of the character that has no room', () => {
    const { title, metadata } = withinFieldLimits(document({ title: `a${'é'.repeat(1_000)}` }));
    expect(title).toBe(`a${'é'.repeat(999)}`);
    expect(metadata).toEqual({ cut: ['title'] });
  });

  it('leaves out what would mean another thing if it were cut, and names its field', () => {
    const large = document({
      url: `https://news.example/${'x'.repeat(4_000)}`,
      language: 'x'.repeat(101),
      tags: ['a', 'b'.repeat(20_000), 'c'],
      metadata: { desk: 'city', notes: 'x'.repeat(64_000), page: 4 },
    });
    expect(withinFieldLimits(large)).toMatchObject({
      url: null,
      language: null,
      tags: ['a', 'c'],
      metadata: { desk: 'city', page: 4, cut: ['url', 'language', 'tags', 'metadata'] },
    });
  });

  it('leaves out metadata that is nested too deep', () => {
    const deep: unknown = JSON.parse('['.repeat(500) + ']'.repeat(500));
    expect(withinFieldLimits(document({ metadata: { desk: 'city', deep } })).metadata).toEqual({
      desk: 'city',
      cut: ['metadata'],
    });
  });

  it('gives documents of which no field is too large', () => {
    const tags = Array.from({ length: 9_000 }, (_, place) => String(place));
    const metadata = Object.fromEntries(tags.map((tag) => [tag, tag]));
    expect(sizeIssues(withinFieldLimits(document({ title: 'x'.repeat(9_000), tags, metadata })))).toEqual([]);
  });
});

it.each([
  ['a.html', (title: string) => `<title>${title}</title><p>Words of a page that are its text.</p>`],
  ['a.csv', (title: string) => `title,text\n${title},Words of a row that are its text.`],
  ['a.json', (title: string) => JSON.stringify({ title, text: 'Words of a document.' })],
  ['a.md', (title: string) => `---\ntitle: ${title}\n---\nWords of a note that are its text.`],
])('a file is not lost for a title that is too large: %s', async (name, contentWith) => {
  const content = Buffer.from(contentWith('Ferry '.repeat(1_000)));
  const { documents, failures } = await parseFile(content, name);
  expect(failures).toEqual([]);
  expect(documents.map(({ title, metadata }) => [title?.length, metadata.cut])).toEqual([
    [FIELD_BYTES.title, ['title']],
  ]);
});
