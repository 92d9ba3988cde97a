import { byteOrderMark, type Encoding, guessEncoding, isValidUtf8 } from './encoding.js';
import { normaliseText } from './normalise.js';

/** A browser looks into the first 1024 bytes, but also believes a later `<meta>` in the head. */
const META_CHARSET_WINDOW = 64 * 1024;

/** What the bytes 0x80 to 0x9F are in Windows-1252; 0 where they are nothing. */
const WINDOWS_1252_CONTROLS = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
];

/**
 * The text of a file in whatever encoding it is: the one that its byte order mark names, UTF-8 where it is that, else
 * the most likely one. What can't be read becomes U+FFFD. Newlines and letters are normalised.
 */
export function decodeText(bytes: Uint8Array): string {
  return normaliseText(decodeAs(bytes, guessEncoding(bytes)));
}

/**
 * The source of a web page or of XML: as {@link decodeText}, but what the page says of its encoding counts for more
 * than a guess.
 */
export function decodeMarkup(bytes: Uint8Array): string {
  const isTold = byteOrderMark(bytes) !== null || isValidUtf8(bytes);
  const declared = isTold ? null : declaredEncoding(bytes);
  return normaliseText(decodeAs(bytes, declared ?? guessEncoding(bytes)));
}

/** The text with U+FFFD for what can't be read: to look at, not to keep. */
export function decodeLeniently(bytes: Uint8Array): string {
  return decodeAs(bytes, guessEncoding(bytes));
}

/**
 * The text of bytes in an encoding; U+FFFD for what can't be read. (Node's own decoder takes the bytes 0x80 to 0x9F of
 * Windows-1252 for control characters.)
 */
export function decodeAs(bytes: Uint8Array, encoding: Encoding): string {
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(bytes);
  if (decoder.encoding !== 'windows-1252') return text;
  return text.replace(/[\u0080-\u009F]/g, (control) => {
    const point = WINDOWS_1252_CONTROLS[control.charCodeAt(0) - 0x80];
    return point ? String.fromCharCode(point) : '\uFFFD';
  });
}

function declaredEncoding(bytes: Uint8Array): Encoding | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, META_CHARSET_WINDOW));
  const label =
    /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ??
    /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
  // A page whose markup can be read as ASCII is not UTF-16, whatever it says of itself (HTML standard, 13.2.3.2).
  if (!label || /^utf-?(?:8|16)/i.test(label)) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
