import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocumentInput, readDocumentInput } from '../../src/documents/input.js';
import { parseDocumentInput } from '../../src/documents/parse.js';
import { AkinError } from '../../src/errors.js';

function issuesOf(value: unknown, read: (value: unknown) => unknown = readDocumentInput): string[] {
  try {
    read(value);
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
        issuesOf({ text: 'a', metadata: value, extra: value }, checkDocumentInput);
      }),
    );
  });
});

/** Arrays in one another, as a text and as a value. */
function nested(levels: number): unknown {
  return JSON.parse('['.repeat(levels) + ']'.repeat(levels));
}

describe('checkDocumentInput', () => {
  it.each([
    ['title', 2_000],
    ['source', 1_000],
    ['author', 2_000],
    ['url', 4_000],
    ['language', 100],
    ['tags', 20_000],
  ])('takes a %s of %i bytes of UTF-8, and none that is larger', (field, most) => {
    expect(issuesOf({ text: 'a', [field]: 'é'.repeat(most / 2) }, checkDocumentInput)).toEqual([]);
    expect(issuesOf({ text: 'a', [field]: `${'é'.repeat(most / 2)}b` }, checkDocumentInput)).toEqual([field]);
  });

  it('counts as metadata what no field takes', () => {
    const [half, more] = ['x'.repeat(32_000 - 11), 'x'.repeat(32_000 - 10)];
    expect(issuesOf({ text: 'a', note: half, metadata: { more: half } }, checkDocumentInput)).toEqual([]);
    expect(issuesOf({ text: 'a', note: more, metadata: { more } }, checkDocumentInput)).toEqual(['metadata']);
  });

  it('takes metadata of 31 levels in a field, and none that is deeper', () => {
    expect(issuesOf({ text: 'a', metadata: { deep: nested(31) } }, checkDocumentInput)).toEqual([]);
    expect(issuesOf({ text: 'a', metadata: { deep: nested(32) } }, checkDocumentInput)).toEqual(['metadata']);
    expect(issuesOf({ text: 'a', deep: nested(100_000) })).toEqual(['deep']);
  });

  it.each([
    '9007199254740992',
    '-9007199254740993',
    '1e300',
  ])('refuses %s, which has lost digits', (number) => {
    const document: unknown = JSON.parse(`{"text": "a", "metadata": {"ids": [1, ${number}]}}`);
    expect(issuesOf(document, checkDocumentInput)).toEqual(['metadata']);
    expect(issuesOf(JSON.parse(`{"text": "a", "tags": [${number}]}`))).toEqual(['tags']);
  });

  it('takes the largest number that has all digits, and fractions', () => {
    const metadata = { largest: Number.MAX_SAFE_INTEGER, least: Number.MIN_SAFE_INTEGER, part: 0.1 };
    expect(issuesOf({ text: 'a', metadata }, checkDocumentInput)).toEqual([]);
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
