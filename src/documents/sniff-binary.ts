import { AkinError } from '../errors.js';
import { byteOrderMark, unmarkedUtf16 } from './encoding.js';

/** How much of a file tells text from binary. */
const BINARY_WINDOW = 64 * 1024;
/** More control characters than this in a file's beginning, and it is no text. */
const MAX_CONTROL_SHARE = 0.02;

const SUPPORTED =
  'Akin reads plain text, Markdown, HTML, PDF, Word (.docx), OpenDocument (.odt), RTF, EPUB, e-mail (.eml, .mbox), CSV, RSS and Atom, subtitles, XML, JSON, JSON Lines, and ZIP and gzip archives of them';

const SIGNATURES: { what: string; bytes: number[]; offset?: number }[] = [
  { what: 'a PNG image', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { what: 'a JPEG image', bytes: [0xff, 0xd8, 0xff] },
  { what: 'a GIF image', bytes: [0x47, 0x49, 0x46, 0x38] },
  { what: 'a TIFF image', bytes: [0x49, 0x49, 0x2a, 0x00] },
  { what: 'a TIFF image', bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { what: 'a WebP image or another RIFF file', bytes: [0x52, 0x49, 0x46, 0x46] },
  { what: 'a bzip2 archive', bytes: [0x42, 0x5a, 0x68, 0x39] },
  { what: 'an xz archive', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { what: 'a Zstandard archive', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { what: 'a 7z archive', bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { what: 'a RAR archive', bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { what: 'a tar archive', bytes: [0x75, 0x73, 0x74, 0x61, 0x72], offset: 257 },
  { what: 'a program (ELF)', bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { what: 'a SQLite database', bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66] },
  { what: 'a video or audio file (MP4)', bytes: [0x66, 0x74, 0x79, 0x70], offset: 4 },
  { what: 'an Ogg file', bytes: [0x4f, 0x67, 0x67, 0x53] },
];

const OLE = [0xd0, 0xcf, 0x11, 0xe0];
/** What the old container of Microsoft's programs holds, by the names of its streams, the most telling first. */
const OLE_KINDS = [
  { stream: '__substg1.0_', what: 'an Outlook message (.msg)', advice: 'save it as .eml' },
  { stream: 'WordDocument', what: 'an old Word document (.doc)', advice: 'save it as .docx' },
  { stream: 'Workbook', what: 'an old Excel workbook (.xls)', advice: 'save it as .csv' },
  { stream: 'PowerPoint Document', what: 'an old PowerPoint file (.ppt)', advice: 'save it as .pdf' },
];

/** @throws AkinError ENCRYPTED_FILE or UNSUPPORTED_TYPE for what is no text. */
export function refuseBinary(bytes: Uint8Array, name: string): void {
  if (startsWith(bytes, OLE)) throw oleError(bytes, name);
  refuseSignature(bytes, name);
  const mark = byteOrderMark(bytes);
  const isUtf16 = mark === 'utf-16le' || mark === 'utf-16be' || unmarkedUtf16(bytes) !== null;
  const isBinary =
    !isUtf16 && (bytes.includes(0) || controlShare(bytes.subarray(0, BINARY_WINDOW)) > MAX_CONTROL_SHARE);
  if (isBinary) throw unsupported(name, 'a binary file', 'convert it');
  if (isEbcdic(bytes)) throw unsupported(name, 'text in EBCDIC', 'convert it to UTF-8');
}

/**
 * As {@link refuseBinary}, of which a file's beginning is enough: of a film nobody wants to read the rest.
 * @throws AkinError UNSUPPORTED_TYPE
 */
export function refuseSignature(head: Uint8Array, name: string): void {
  const signature = SIGNATURES.find(({ bytes: magic, offset }) => startsWith(head, magic, offset));
  if (signature) throw unsupported(name, signature.what, 'convert it');
}

/** The failure of a file whose kind Akin knows but does not read. */
export function unsupported(name: string, what: string, advice: string): AkinError {
  return new AkinError('UNSUPPORTED_TYPE', `${name} looks like ${what}. ${SUPPORTED}: ${advice} first.`);
}

function oleError(bytes: Uint8Array, name: string): AkinError {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const holds = (stream: string): boolean => buffer.includes(stream, 0, 'utf16le');
  if (holds('EncryptedPackage')) {
    return new AkinError(
      'ENCRYPTED_FILE',
      `${name} is encrypted: open it in its program and save it without a password.`,
    );
  }
  const kind = OLE_KINDS.find(({ stream }) => holds(stream));
  return unsupported(name, kind?.what ?? 'an old Office document', kind?.advice ?? 'convert it');
}

/** Mainframes write a space as 0x40, and most letters beyond ASCII; every other text has 0x20 for a space. */
function isEbcdic(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, BINARY_WINDOW);
  let [spaces, beyondAscii] = [0, 0];
  for (const byte of head) {
    if (byte === 0x20) return false;
    if (byte === 0x40) spaces++;
    if (byte >= 0x80) beyondAscii++;
  }
  return spaces > head.length * 0.05 && beyondAscii > head.length * 0.4;
}

function startsWith(bytes: Uint8Array, magic: number[], offset = 0): boolean {
  return magic.every((byte, i) => bytes[offset + i] === byte);
}

function controlShare(bytes: Uint8Array): number {
  let controls = 0;
  for (const byte of bytes) {
    const isSpace = (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b;
    if ((byte < 0x20 && !isSpace) || byte === 0x7f) controls += 1;
  }
  return controls / Math.max(1, bytes.length);
}
