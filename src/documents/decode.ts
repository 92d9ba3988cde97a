import { AkinError } from '../errors.js';
import { normaliseText } from './normalise.js';

/** A browser looks into the first 1024 bytes, but also believes a later `<meta>` in the head. */
const META_CHARSET_WINDOW = 64 * 1024;

const REPLACEMENT = 0xfffd;

/** The encoding that a byte order mark names, or null without one. */
export function byteOrderMark(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  return null;
}

/**
 * The text of a file: UTF-8, or UTF-16 with a byte order mark; newlines and letters normalised.
 *
 * @throws AkinError INVALID_ENCODING, with the offset of the first wrong byte.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = byteOrderMark(bytes) ?? 'utf-8';
  return normaliseText(decodeStrictly(bytes, encoding));
}

/**
 * The source of a web page: as {@link decodeText}, but without a byte order mark the page's own
 * `<meta charset>` is believed, and then wrong bytes become U+FFFD, as in a browser.
 *
 * @throws AkinError INVALID_ENCODING for wrong bytes in a page that names no encoding.
 */
export function decodeHtml(bytes: Uint8Array): string {
  if (byteOrderMark(bytes)) return decodeText(bytes);
  const decoder = declaredDecoder(bytes);
  return decoder ? normaliseText(decoder.decode(bytes)) : decodeText(bytes);
}

/** The text with U+FFFD for wrong bytes: to look at, not to keep. */
export function decodeLeniently(bytes: Uint8Array): string {
  return new TextDecoder(byteOrderMark(bytes) ?? 'utf-8').decode(bytes);
}

function decodeStrictly(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const name = encoding.toUpperCase();
    const where = encoding === 'utf-8' ? ` at byte ${firstInvalidByte(bytes)}` : '';
    throw new AkinError('INVALID_ENCODING', `The text is not valid ${name}${where}: save it as UTF-8.`, {
      cause,
    });
  }
}

function declaredDecoder(bytes: Uint8Array): InstanceType<typeof TextDecoder> | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, META_CHARSET_WINDOW));
  const label = /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
  if (!label) return null;
  // A page whose markup can be read as ASCII is not UTF-16, whatever it says of itself (HTML standard, 13.2.3.2).
  if (/^utf-?16/i.test(label)) return new TextDecoder('utf-8');
  try {
    return new TextDecoder(label);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A lenient decoder writes U+FFFD for the first wrong sequence: what comes before it says where that is. */
function firstInvalidByte(bytes: Uint8Array): number {
  const hasMark = byteOrderMark(bytes) === 'utf-8';
  let offset = hasMark ? 3 : 0;
  for (const character of new TextDecoder('utf-8').decode(bytes)) {
    const point = character.codePointAt(0) ?? 0;
    const isWritten = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd;
    if (point === REPLACEMENT && !isWritten) return offset;
    offset += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return offset;
}
