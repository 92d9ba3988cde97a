import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMarkup, decodeText } from '../../src/documents/decode.js';
import encodings from '../fixtures/documents/encodings.json' with { type: 'json' };

const samples: { encoding: string; language: string; text: string; base64: string }[] = encodings;
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

  it.each(samples)('tells $encoding ($language) from its bytes', ({ text, base64 }) => {
    expect(decodeText(Buffer.from(base64, 'base64'))).toBe(text);
  });

  it('reads UTF-8 in which a few bytes are wrong, and shows where', () => {
    expect(decodeText(Uint8Array.of(...utf8('Die Brücke über die Ache für Fußgänger '), 0xff))).toBe(
      'Die Brücke über die Ache für Fußgänger \uFFFD',
    );
  });

  it('gives text for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeText(bytes)).toBe(decodeText(bytes).normalize('NFC'));
      }),
      { numRuns: 200 },
    );
  });

  it('takes out what only says where a line may break, and keeps what shapes letters', () => {
    expect(decodeText(utf8('Donau\u00ADdampf\u200Bschiff\u2060fahrt'))).toBe('Donaudampfschifffahrt');
    expect(decodeText(utf8('می\u200Cخواهم 👩\u200D🚀'))).toBe('می\u200Cخواهم 👩\u200D🚀');
  });

  it('gives back any text that has nothing to normalise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(decodeText(utf8(text))).toBe(text);
      }),
    );
  });
});

describe('decodeMarkup', () => {
  it('believes the charset that the page names', () => {
    const page = Buffer.from(
      '<html><head><meta charset="windows-1251"></head><body>\xcf\xf0\xe8\xe2\xe5\xf2</body>',
      'latin1',
    );
    expect(decodeMarkup(page)).toContain('Привет');
  });

  it('believes UTF-8 that is whole more than what the page says of itself', () => {
    expect(decodeMarkup(utf8('<meta charset="iso-8859-1"><p>Größe</p>'))).toContain('Größe');
  });

  it('has the quotation marks that Windows puts where ISO 8859-1 has none', () => {
    const page = Buffer.from('<meta charset="iso-8859-1"><p>\x93So\x94 \x96 \x80 5</p>', 'latin1');
    expect(decodeMarkup(page)).toContain('“So” – € 5');
  });

  it('reads a page that names no known charset as UTF-8', () => {
    expect(decodeMarkup(utf8('<meta charset="no-such-thing"><p>é'))).toContain('é');
  });
});
