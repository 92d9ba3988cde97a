import { decodeText } from '../decode.js';
import { normaliseText } from '../normalise.js';

/** A document type with what it declares. */
const DOCTYPE = /<!DOCTYPE\s[^[>]*(?:\[(?:[^\]"']|"[^"]*"|'[^']*')*\]\s*)?>/i;

/** An XML source without its document type: a parser that never sees an entity declared can't expand it. */
export function withoutDoctype(source: string): string {
  return source.replace(DOCTYPE, '');
}

/** An XML declaration's encoding, in bytes that can be read as ASCII so far. */
const DECLARED_ENCODING = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/;
const DECLARATION_WINDOW = 256;

/**
 * The source of an XML file, in the encoding that it declares; wrong bytes become U+FFFD then.
 *
 * @throws AkinError INVALID_ENCODING for wrong bytes in a file that declares no encoding.
 */
export function decodeXml(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, DECLARATION_WINDOW)).toString('latin1');
  const label = DECLARED_ENCODING.exec(head)?.[1];
  // What says in ASCII that it is UTF-16 is not.
  if (!label || /^utf-?(?:8|16)/i.test(label)) return decodeText(bytes);
  try {
    return normaliseText(new TextDecoder(label).decode(bytes));
  } catch (error) {
    if (error instanceof RangeError) return decodeText(bytes);
    throw error;
  }
}
