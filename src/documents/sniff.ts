import { AkinError } from '../errors.js';
import { decodeLeniently } from './decode.js';
import { byteOrderMark, unmarkedUtf16 } from './encoding.js';

/** The kinds of file that Akin reads. */
export type FileType = 'text' | 'markdown' | 'html' | 'pdf' | 'json' | 'jsonl';

/** Where PDF readers look for the header: some programs write a few bytes before it. */
const PDF_HEADER_WINDOW = 1024;
/** How much of a file tells text from binary. */
const BINARY_WINDOW = 64 * 1024;
/** More control characters than this in a file's beginning, and it is no text. */
const MAX_CONTROL_SHARE = 0.02;

const SIGNATURES: { what: string; bytes: number[]; offset?: number }[] = [
  { what: 'a PNG image', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { what: 'a JPEG image', bytes: [0xff, 0xd8, 0xff] },
  { what: 'a GIF image', bytes: [0x47, 0x49, 0x46, 0x38] },
  { what: 'a TIFF image', bytes: [0x49, 0x49, 0x2a, 0x00] },
  { what: 'a TIFF image', bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { what: 'a WebP image or another RIFF file', bytes: [0x52, 0x49, 0x46, 0x46] },
  { what: 'a ZIP archive or an Office document', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { what: 'an empty ZIP archive', bytes: [0x50, 0x4b, 0x05, 0x06] },
  { what: 'a gzip archive', bytes: [0x1f, 0x8b] },
  { what: 'a bzip2 archive', bytes: [0x42, 0x5a, 0x68, 0x39] },
  { what: 'an xz archive', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { what: 'a Zstandard archive', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { what: 'a 7z archive', bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { what: 'a RAR archive', bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { what: 'a program (ELF)', bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { what: 'an old Office document', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { what: 'an RTF document', bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66] },
  { what: 'a SQLite database', bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66] },
  { what: 'a video or audio file (MP4)', bytes: [0x66, 0x74, 0x79, 0x70], offset: 4 },
  { what: 'an Ogg file', bytes: [0x4f, 0x67, 0x67, 0x53] },
];

const NAMED_TYPES: Record<string, FileType> = {
  md: 'markdown',
  markdown: 'markdown',
  mdown: 'markdown',
  mkd: 'markdown',
  mdx: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
};

const HTML_PROLOG = /^(?:\s*(?:<!--[\s\S]*?-->|<\?xml[^>]*\?>))*\s*/;
const HTML_OPENING =
  /^<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style|article|main|section|header|nav|div|table|h[1-6]|p)[\s/>])/i;

/**
 * The type of a file, by its bytes; the name only decides between kinds of text.
 *
 * @throws AkinError EMPTY_FILE, or UNSUPPORTED_TYPE saying what the file looks like.
 */
export function sniffType(bytes: Uint8Array, name: string): FileType {
  if (isPdf(bytes)) return 'pdf';
  refuseBinary(bytes, name);
  const text = decodeLeniently(bytes).trim();
  if (text === '') throw new AkinError('EMPTY_FILE', `${name} is empty: there is nothing to search in it.`);
  const named = NAMED_TYPES[/\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''];
  return named ?? typeOfText(text);
}

function typeOfText(text: string): FileType {
  if (HTML_OPENING.test(text.slice(HTML_PROLOG.exec(text)?.[0].length ?? 0))) return 'html';
  if (/^[[{]/.test(text)) {
    if (isJsonOfObjects(text)) return 'json';
    if (looksLikeJsonLines(text)) return 'jsonl';
  }
  return 'text';
}

function isPdf(bytes: Uint8Array): boolean {
  const head = latin1(bytes.subarray(0, PDF_HEADER_WINDOW));
  const offset = head.indexOf('%PDF-');
  if (offset <= 0) return offset === 0;
  // A text about PDFs may name the header too; only a PDF has its objects as well.
  return /\d\s+\d+\s+obj\b/.test(latin1(bytes.subarray(offset, offset + BINARY_WINDOW)));
}

function refuseBinary(bytes: Uint8Array, name: string): void {
  const head = bytes.subarray(0, BINARY_WINDOW);
  const mark = byteOrderMark(bytes);
  const signature = SIGNATURES.find(({ bytes: magic, offset = 0 }) =>
    magic.every((byte, i) => bytes[offset + i] === byte),
  );
  const isUtf16 = mark === 'utf-16le' || mark === 'utf-16be' || unmarkedUtf16(bytes) !== null;
  const isBinary = !isUtf16 && (bytes.includes(0) || controlShare(head) > MAX_CONTROL_SHARE);
  if (!signature && !isBinary) return;
  const what = signature?.what ?? 'a binary file';
  throw new AkinError(
    'UNSUPPORTED_TYPE',
    `${name} looks like ${what}. Akin reads plain text, Markdown, HTML, PDF, JSON and JSON Lines: convert it first.`,
  );
}

function controlShare(bytes: Uint8Array): number {
  let controls = 0;
  for (const byte of bytes) {
    const isSpace = (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b;
    if ((byte < 0x20 && !isSpace) || byte === 0x7f) controls += 1;
  }
  return controls / Math.max(1, bytes.length);
}

function isJsonOfObjects(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.length > 0 && value.every(isObject) : isObject(value);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function looksLikeJsonLines(text: string): boolean {
  const lines = text.split('\n', 20).filter((line) => line.trim() !== '');
  const objects = lines.filter((line) => /^\s*\{\s*"/.test(line));
  return objects.length >= 2 && objects.length >= lines.length * 0.8;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
