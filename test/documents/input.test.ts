import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocumentInput } from '../../src/documents/input.js';
import { parseDocumentInput } from '../../src/documents/parse.js';
import { AkinError } from '../../src/errors.js';

function issuesOf(value: unknown): string[] {
  try {
    readDocumentInput(value);
  } catch (error) {
    if (error instanceof AkinError && error.code === 'INVALID_DOCUMENT')
      return (error.issues ?? []).map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('readDocumentInput', () => {
  it('takes what is natural: a number as id, one tag as a string, null for absent, an empty title', () => {
    const input = readDocumentInput({
      id: 7,
      title: '',
      text: 'Words',
      tags: 'one',
      author: null,
      publishedAt: 'July 16, 2025',
    });
    expect(input).toMatchObject({ id: '7', text: 'Words', tags: ['one'], publishedAt: '2025-07-16' });
    expect(input.title).toBeUndefined();
    expect(input.author).toBeUndefined();
  });

  it('takes _id for id, unless there is one', () => {
    expect(readDocumentInput({ _id: 'd1', text: 'Words' }).id).toBe('d1');
    expect(readDocumentInput({ _id: 'd1', id: 'd2', text: 'Words' })).toMatchObject({
      id: 'd2',
      metadata: { _id: 'd1' },
    });
  });

  it('keeps unknown keys as metadata, and lets explicit metadata win', () => {
    const { metadata } = readDocumentInput({
      text: 'Words',
      label: 'x',
      desk: 'sport',
      metadata: { desk: 'city' },
    });
    expect(metadata).toEqual({ label: 'x', desk: 'city' });
  });

  it('lets no key reach a prototype', () => {
    const value: unknown = JSON.parse(
      '{"text":"Words","__proto__":{"a":1},"constructor":1,"metadata":{"__proto__":{"b":1},"ok":1}}',
    );
    const { metadata } = readDocumentInput(value);
    expect(metadata).toEqual({ ok: 1 });
    expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype);
  });

  it.each([
    [{}, ['text']],
    [{ text: '  ' }, ['text']],
    [{ text: 'a', html: '<p>b' }, ['html']],
    [{ text: 'a', id: '' }, ['id']],
    [{ text: 'a', id: 'x'.repeat(513) }, ['id']],
    [{ text: 'a', id: 'a\nb' }, ['id']],
    [{ text: 'a', id: 2 ** 60 }, ['id']],
    [{ text: 'a', publishedAt: 'soon' }, ['publishedAt']],
    [{ text: 'a', tags: [{}], title: 5 }, ['title', 'tags']],
    [{ text: 'a', metadata: 'x' }, ['metadata']],
    ['just a string', ['']],
    [null, ['']],
  ])('names the fields that are wrong in %j', (value, paths) => {
    expect(issuesOf(value)).toEqual(paths);
  });

  it('answers any value with a document or INVALID_DOCUMENT', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
        issuesOf(value);
        issuesOf({ text: 'a', metadata: value, extra: value });
      }),
    );
  });
});

describe('parseDocumentInput', () => {
  it('lets the fields win over what the content says of itself', async () => {
    const html =
      '<html lang="de"><head><title>Page</title><meta name="author" content="A. Page"></head><body><p>Words here.</p></body></html>';
    const document = await parseDocumentInput(readDocumentInput({ html, title: 'Mine' }));
    expect(document).toMatchObject({ title: 'Mine', author: 'A. Page', language: 'de', text: 'Words here.' });
  });

  it('keeps every word of a text, also of one that looks like a title', async () => {
    const document = await parseDocumentInput(readDocumentInput({ text: 'A title\n\nWords.\fMore words.' }));
    expect(document).toMatchObject({
      title: null,
      text: 'A title\n\nWords.\n\nMore words.',
      headings: [],
      pages: [],
    });
  });

  it('refuses markup without text', async () => {
    await expect(parseDocumentInput(readDocumentInput({ html: '<img src="x.png">' }))).rejects.toMatchObject({
      code: 'NO_TEXT',
    });
  });
});
