import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHtml, decodeText } from '../../src/documents/decode.js';
import { AkinError } from '../../src/errors.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('decodeText', () => {
  it('reads UTF-8 with and without a byte order mark', () => {
    expect(decodeText(utf8('naïve'))).toBe('naïve');
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8('naïve')))).toBe('naïve');
  });

  it('reads UTF-16 of either byte order by its mark', () => {
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x41, 0x00, 0xe9, 0x00))).toBe('Aé');
    expect(decodeText(Uint8Array.of(0xfe, 0xff, 0x00, 0x41, 0x00, 0xe9))).toBe('Aé');
  });

  it('makes every newline one character and composes letters', () => {
    expect(decodeText(utf8('a\r\nb\rc\u2028d e\u0301'))).toBe('a\nb\nc\nd é');
  });

  it.each([
    [[0x61, 0xff, 0x62], 1],
    [[...utf8('añ€😀'), 0xc3, 0x28], 10],
    [[...utf8('is \uFFFD written'), 0x80], 14],
    [[0xef, 0xbb, 0xbf, 0x61, 0xe2, 0x82], 4],
  ])('names the offset of the first wrong byte of %j', (bytes, offset) => {
    const decode = () => decodeText(Uint8Array.from(bytes));
    expect(decode).toThrow(AkinError);
    expect(decode).toThrow(new RegExp(`at byte ${offset}: save it as UTF-8`));
  });

  it('gives back any text that has nothing to normalise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(decodeText(utf8(text))).toBe(text);
      }),
    );
  });
});

describe('decodeHtml', () => {
  it('believes the charset that the page names', () => {
    const page = Buffer.from(
      '<html><head><meta charset="windows-1251"></head><body>\xcf\xf0\xe8\xe2\xe5\xf2</body>',
      'latin1',
    );
    expect(decodeHtml(page)).toContain('Привет');
  });

  it('reads a page that names no known charset as UTF-8', () => {
    expect(decodeHtml(utf8('<meta charset="no-such-thing"><p>é'))).toContain('é');
  });
});
