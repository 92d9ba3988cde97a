import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownFields } from '../../src/documents/fields.js';
import { LEFT_OUT, siteOf, siteParagraphs, withoutFurniture } from '../../src/documents/site-paragraphs.js';
import { TextBuilder } from '../../src/documents/text-builder.js';
import type { ParsedDocument } from '../../src/types.js';

interface Part {
  text: string;
  isHeading: boolean;
}

function pageOf(parts: Part[]): ParsedDocument {
  const builder = new TextBuilder();
  for (const { text, isHeading } of parts) isHeading ? builder.heading(text) : builder.paragraph(text);
  return { ...unknownFields(), ...builder.build(), pages: [] };
}

const paragraph = (text: string): Part => ({ text, isHeading: false });
const hashesOf = (...texts: string[]): Set<number> =>
  new Set(siteParagraphs(pageOf(texts.map(paragraph))).map(({ hash }) => hash));

describe('a site', () => {
  it('is the host of an address, else the folder of a file', () => {
    expect(siteOf('https://news.example/2025/a', 'x/a.html')).toBe('news.example');
    expect(siteOf(null, 'saved/x/a.html')).toBe('folder:saved/x/');
    expect(siteOf('not an address', null)).toBeNull();
  });
});

describe('furniture', () => {
  const story = 'The lake stood at four metres on Wednesday, and two streets in the old town are closed.';

  it('is told by its words, whatever its numbers, case and punctuation', () => {
    expect(hashesOf('Join 12,000 readers!')).toEqual(hashesOf('JOIN 9 readers'));
    expect(hashesOf('Join 12,000 readers!')).not.toEqual(hashesOf('Join our readers!'));
  });

  it('is taken out and kept in the metadata, and still counts for the page', () => {
    const page = pageOf([paragraph(story), paragraph('Join 12 readers.'), paragraph(`${story} Again.`)]);
    const without = withoutFurniture(page, hashesOf('Join 7 readers.'));
    expect(without.text).toBe(`${story}\n\n${story} Again.`);
    expect(without.metadata[LEFT_OUT]).toEqual(['Join 12 readers.']);
    expect(new Set(siteParagraphs(without))).toEqual(new Set(siteParagraphs(page)));
  });

  it('is no heading, no long paragraph, and never the most of a page', () => {
    const page = pageOf([{ text: 'Background', isHeading: true }, paragraph(story)]);
    expect(withoutFurniture(page, hashesOf('Background'))).toBe(page);
    const long = pageOf([paragraph(story.repeat(8)), paragraph(story.repeat(20))]);
    expect(siteParagraphs(long)).toEqual([]);
    const copy = pageOf([paragraph(story), paragraph('One line of its own.')]);
    expect(withoutFurniture(copy, hashesOf(story))).toBe(copy);
  });

  it('leaves every other paragraph and heading, with its place, as it was', () => {
    const part = fc.record({
      text: fc.stringMatching(/^[a-z]{3,9}( [a-z]{3,9}){0,6}$/),
      isHeading: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), fc.array(fc.nat(11)), (parts, picks) => {
        const page = pageOf(parts);
        const furniture = hashesOf(...picks.flatMap((pick) => parts[pick]?.text ?? []));
        const without = withoutFurniture(page, furniture);
        for (const { offset, text } of without.headings)
          expect(without.text.slice(offset, offset + text.length)).toBe(text);
        expect(without.headings.map(({ text }) => text)).toEqual(page.headings.map(({ text }) => text));
        const dropped = (without.metadata[LEFT_OUT] ?? []) as string[];
        const all = [...without.text.split('\n\n'), ...dropped];
        expect(all.toSorted()).toEqual(page.text.split('\n\n').toSorted());
      }),
    );
  });

  it.each([
    { text: 'x'.repeat(600), counts: true },
    { text: 'x'.repeat(601), counts: false },
    // Three letters at least; a number counts for one sign.
    { text: 'a-b-c', counts: true },
    { text: 'a b!', counts: false },
    { text: '12 ab', counts: true },
    { text: '123 456', counts: false },
    { text: '', counts: false },
  ])('may be $text: $counts', ({ text, counts }) => {
    expect(siteParagraphs(pageOf([paragraph(story), paragraph(text)]))).toHaveLength(counts ? 2 : 1);
  });

  it('is taken out as long as half of the text stays', () => {
    // Of 100 characters, 50 stay: 48 and the blank line go with the furniture. Of 99, 49 would stay.
    const [furniture, own] = ['f'.repeat(48), 'o'.repeat(50)];
    const half = pageOf([paragraph(own), paragraph(furniture)]);
    expect(withoutFurniture(half, hashesOf(furniture)).text).toBe(own);
    const less = pageOf([paragraph(own.slice(1)), paragraph(furniture)]);
    expect(withoutFurniture(less, hashesOf(furniture))).toBe(less);
  });

  it('is each once, with its length', () => {
    const page = pageOf([paragraph('Join 12 readers.'), paragraph(story), paragraph('Join 12 readers.')]);
    expect(siteParagraphs(page).map(({ length }) => length)).toEqual([16, story.length]);
  });
});
