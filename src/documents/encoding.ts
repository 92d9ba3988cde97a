import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { eld } from 'eld/small';

/** A label of the WHATWG Encoding Standard. */
export type Encoding = string;

/** So much of a file tells its encoding. */
const SAMPLE_BYTES = 128 * 1024;
/** Of the characters beyond ASCII, so many must be whole for a text to be UTF-8 with errors. */
const UTF8_SHARE = 0.8;
/** In UTF-16, every second byte of a text in Latin letters is 0: so many must be, and few of the others. */
const UTF16_ZEROS = { most: 0.4, least: 0.02 };

/**
 * The encodings that a file without a mark may be in, by chardet's names: a superset where there is one, since what
 * claims to be ISO-8859-1 has Windows' quotation marks.
 */
const LIKELY: Record<string, Encoding> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-2': 'iso-8859-2',
  'ISO-8859-5': 'iso-8859-5',
  'ISO-8859-6': 'windows-1256',
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-8': 'windows-1255',
  'ISO-8859-9': 'windows-1254',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'windows-1252': 'windows-1252',
  'windows-1253': 'windows-1253',
  'windows-1254': 'windows-1254',
  'windows-1255': 'windows-1255',
  'windows-1256': 'windows-1256',
  'KOI8-R': 'koi8-r',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'ISO-2022-JP': 'iso-2022-jp',
  GB18030: 'gb18030',
  Big5: 'big5',
  'EUC-KR': 'euc-kr',
};
const FALLBACK: Encoding = 'windows-1252';

/** Mail in Japanese is 7-bit, and looks like ASCII but for these. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins them
const JAPANESE_ESCAPE = /\x1b\$[@B]/;

/** The encoding that a byte order mark names, or null without one. */
export function byteOrderMark(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  return null;
}

/** The encoding that a text is most likely in. */
export function guessEncoding(bytes: Uint8Array): Encoding {
  const known = byteOrderMark(bytes) ?? unmarkedUtf16(bytes);
  if (known) return known;
  if (JAPANESE_ESCAPE.test(latin1(bytes.subarray(0, SAMPLE_BYTES)))) return 'iso-2022-jp';
  if (isValidUtf8(bytes) || isMostlyUtf8(bytes)) return 'utf-8';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const names = analyse(sample).map(({ name }) => LIKELY[name]);
  const guess = names.find((name) => name !== undefined) ?? FALLBACK;
  return guess === 'iso-8859-2' || guess === 'windows-1250' ? centralEuropean(sample) : guess;
}

/** Two encodings of the same letters differ in a few places: the one in which the text is more of a language. */
function centralEuropean(sample: Uint8Array): Encoding {
  // In ISO 8859 these bytes are control characters, which no text has.
  if (sample.some((byte) => byte >= 0x80 && byte < 0xa0)) return 'windows-1250';
  const likeness = (encoding: Encoding): number => {
    const { language, getScores } = eld.detect(new TextDecoder(encoding).decode(sample));
    return getScores()[language] ?? 0;
  };
  return likeness('iso-8859-2') > likeness('windows-1250') ? 'iso-8859-2' : 'windows-1250';
}

export function isValidUtf8(bytes: Uint8Array): boolean {
  return isUtf8(bytes);
}

/** UTF-16 that does not say so, by the zeros beside Latin letters; null for anything else. */
export function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES & ~1);
  const pairs = sample.length >> 1;
  if (pairs < 4 || bytes.length % 2 === 1) return null;
  let [even, odd] = [0, 0];
  for (let i = 0; i < pairs * 2; i += 2) {
    if (sample[i] === 0) even++;
    if (sample[i + 1] === 0) odd++;
  }
  if (odd >= pairs * UTF16_ZEROS.most && even <= pairs * UTF16_ZEROS.least) return 'utf-16le';
  return even >= pairs * UTF16_ZEROS.most && odd <= pairs * UTF16_ZEROS.least ? 'utf-16be' : null;
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

/** Text in UTF-8 in which a few bytes went wrong, or whose end was cut off. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, SAMPLE_BYTES));
  const wrong = text.match(/\uFFFD/g)?.length ?? 0;
  const beyondAscii = text.match(/[^\0-\x7F]/g)?.length ?? 0;
  return beyondAscii - wrong >= beyondAscii * UTF8_SHARE;
}
