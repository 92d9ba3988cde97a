import { AkinError, errorMessage } from '../errors.js';
import type { Failure, ParsedDocument } from '../types.js';
import { decodeHtml, decodeText } from './decode.js';
import { documentOfInput } from './document-input.js';
import type { DocumentInput } from './input.js';
import { DEFAULT_READ_OPTIONS, type ReadOptions } from './limits.js';
import { parseHtmlStories } from './parsers/html.js';
import { parseJson, parseJsonLines, type ReadDocuments } from './parsers/json.js';
import { parseMarkdown } from './parsers/markdown.js';
import { parsePdf } from './parsers/pdf.js';
import { parseText } from './parsers/text.js';
import { type FileType, sniffType } from './sniff.js';

/** What is in a file. */
export interface ParsedFile {
  type: FileType;
  documents: ParsedDocument[];
  /** Parts of the file that could not be taken: lines of a JSON Lines file, pages of a PDF. */
  failures: Failure[];
}

/**
 * Reads the documents of a file, of whatever supported type its bytes show it to be.
 *
 * @param name the file's name, for its extension and for messages.
 * @throws AkinError if nothing of the file can be taken: EMPTY_FILE, UNSUPPORTED_TYPE, INVALID_ENCODING,
 * NO_TEXT, ENCRYPTED_FILE, DAMAGED_FILE, INVALID_JSON, INVALID_DOCUMENT; PARSE_FAILED for what nobody foresaw.
 */
export async function parseFile(
  bytes: Uint8Array,
  name: string,
  options: ReadOptions = DEFAULT_READ_OPTIONS,
): Promise<ParsedFile> {
  const type = sniffType(bytes, name);
  const { documents, failures } = await foreseen(name, () => parseAs(type, bytes, name, options));
  const withText = documents.filter(({ text }) => text !== '');
  if (withText.length === 0 && failures.length === 0) {
    throw new AkinError('NO_TEXT', `${name} has no text to search in.`);
  }
  return { type, documents: withText, failures };
}

/**
 * Reads a document that came as JSON.
 *
 * @throws AkinError NO_TEXT, or PARSE_FAILED for what nobody foresaw.
 */
export async function parseDocumentInput(input: DocumentInput): Promise<ParsedDocument> {
  return foreseen(input.id ?? 'The document', () => documentOfInput(input));
}

async function parseAs(
  type: FileType,
  bytes: Uint8Array,
  name: string,
  options: ReadOptions,
): Promise<ReadDocuments> {
  switch (type) {
    case 'text':
      return whole(parseText(decodeText(bytes)));
    case 'markdown':
      return whole([parseMarkdown(decodeText(bytes))]);
    case 'html':
      return whole(parseHtmlStories(decodeHtml(bytes)));
    case 'json':
      return parseJson(decodeText(bytes), name);
    case 'jsonl':
      return parseJsonLines(decodeText(bytes), name);
    case 'pdf': {
      const { document, failures } = await parsePdf(bytes, name, options);
      return { documents: [document], failures };
    }
  }
}

function whole(documents: ParsedDocument[]): ReadDocuments {
  return { documents, failures: [] };
}

async function foreseen<T>(name: string, parse: () => T | Promise<T>): Promise<T> {
  try {
    return await parse();
  } catch (error) {
    if (error instanceof AkinError) throw error;
    const message = `${name} could not be read (${errorMessage(error)}): please report it with the file.`;
    throw new AkinError('PARSE_FAILED', message, { cause: error });
  }
}
