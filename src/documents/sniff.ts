import { AkinError } from '../errors.js';
import { decodeLeniently } from './decode.js';
import { refuseBinary } from './sniff-binary.js';
import { typeOfText } from './sniff-text.js';

/** The kinds of file that Akin reads. A ZIP archive that is a document of its own has that one's type. */
export type FileType =
  | 'text'
  | 'markdown'
  | 'html'
  | 'pdf'
  | 'docx'
  | 'odt'
  | 'rtf'
  | 'epub'
  | 'eml'
  | 'mbox'
  | 'table'
  | 'feed'
  | 'subtitles'
  | 'xml'
  | 'json'
  | 'jsonl'
  | 'gzip'
  | 'zip';

/** Where PDF readers look for the header: some programs write a few bytes before it. */
const PDF_HEADER_WINDOW = 1024;
const PDF_OBJECT_WINDOW = 64 * 1024;
/** That of an archive's first entry, and that of the end of an empty archive. */
const ZIP_HEADERS = ['PK\x03\x04', 'PK\x05\x06'];

/**
 * The type of a file, by its bytes; the name only decides between kinds of text. What a ZIP archive holds is told
 * once it is open.
 *
 * @throws AkinError EMPTY_FILE, ENCRYPTED_FILE, or UNSUPPORTED_TYPE saying what the file looks like.
 */
export function sniffType(bytes: Uint8Array, name: string): FileType {
  const head = latin1(bytes.subarray(0, PDF_HEADER_WINDOW));
  if (isPdf(bytes, head)) return 'pdf';
  if (ZIP_HEADERS.some((header) => head.startsWith(header))) return 'zip';
  if (head.startsWith('\x1f\x8b')) return 'gzip';
  if (/^(?:\xef\xbb\xbf)?\s*\{\\rtf/.test(head)) return 'rtf';
  refuseBinary(bytes, name);
  const text = decodeLeniently(bytes).trim();
  if (text === '') throw new AkinError('EMPTY_FILE', `${name} is empty: there is nothing to search in it.`);
  return typeOfText(text, name);
}

function isPdf(bytes: Uint8Array, head: string): boolean {
  const offset = head.indexOf('%PDF-');
  if (offset <= 0) return offset === 0;
  // A text about PDFs may name the header too; only a PDF has its objects as well.
  return /\d\s+\d+\s+obj\b/.test(latin1(bytes.subarray(offset, offset + PDF_OBJECT_WINDOW)));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
