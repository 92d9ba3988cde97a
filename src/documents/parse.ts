import { AkinError, errorMessage } from '../errors.js';
import type { Failure, ParsedDocument } from '../types.js';
import { ReadBudget } from './containers/budget.js';
import { expandGzip, nameInGzip } from './containers/gzip.js';
import type { ReadDocuments, ReadPart } from './containers/parts.js';
import { documentOfInput } from './document-input.js';
import { examineText } from './examine.js';
import { withinFieldLimits } from './field-limits.js';
import type { DocumentInput } from './input.js';
import { DEFAULT_READ_OPTIONS, type ReadOptions } from './limits.js';
import { refuseSecret } from './own-files.js';
import { type ParsedFile, parseAs } from './parse-as.js';
import { siteOf } from './site-paragraphs.js';
import { type FileType, sniffType } from './sniff.js';

export type { ParsedFile } from './parse-as.js';

/** What a file and all that stands in it are read with. */
interface Reading {
  options: ReadOptions;
  budget: ReadBudget;
  /** How many containers the bytes stand in. */
  depth: number;
}

/** Types whose bytes are text: no character has more than four of them. */
const TEXT_TYPES = new Set<FileType>([
  'text',
  'markdown',
  'html',
  'json',
  'jsonl',
  'table',
  'feed',
  'subtitles',
  'xml',
]);
const LONGEST_CHARACTER = 4;

const CONTAINERS = new Set<FileType>(['zip', 'gzip', 'eml', 'mbox']);

/**
 * Reads the documents of a file, of whatever supported type its bytes show it to be; of an archive, those of each
 * file in it.
 *
 * @param name the file's name, for its extension and for messages.
 * @throws AkinError if nothing of the file can be taken: EMPTY_FILE, UNSUPPORTED_TYPE, INVALID_ENCODING,
 * NO_TEXT, ENCRYPTED_FILE, DAMAGED_FILE, INVALID_JSON, INVALID_DOCUMENT, ARCHIVE_TOO_LARGE, TEXT_TOO_LARGE;
 * PARSE_FAILED for what nobody foresaw.
 */
export function parseFile(
  bytes: Uint8Array,
  name: string,
  options: ReadOptions = DEFAULT_READ_OPTIONS,
): Promise<ParsedFile> {
  return readBytes(bytes, name, { options, budget: new ReadBudget(options.limits), depth: 0 });
}

/** As {@link parseFile}, for a file that stands in another: in its failures and documents it goes by its path there. */
export async function parsePart(
  bytes: Uint8Array,
  part: string,
  name: string,
  { options, budget, depth = 0 }: { options: ReadOptions; budget: ReadBudget; depth?: number },
): Promise<ReadDocuments> {
  const { documents, failures } = await readBytes(bytes, `${name}/${part}`, {
    options,
    budget,
    depth: depth + 1,
  });
  return {
    documents: documents.map((document) => ({
      ...document,
      part: document.part === undefined ? part : `${part}/${document.part}`,
    })),
    failures,
  };
}

/**
 * Reads a document that came as JSON.
 *
 * @throws AkinError NO_TEXT, or PARSE_FAILED for what nobody foresaw.
 */
export async function parseDocumentInput(input: DocumentInput): Promise<ParsedDocument> {
  return foreseen(input.id ?? 'The document', async () => {
    const document = withinFieldLimits(examineText(await documentOfInput(input)));
    return input.html === undefined ? document : ofSite(document, null);
  });
}

function ofSite(document: ParsedDocument, file: string | null): ParsedDocument {
  const site = siteOf(document.url, file);
  return site === null ? document : { ...document, site };
}

async function readBytes(bytes: Uint8Array, name: string, reading: Reading): Promise<ParsedFile> {
  refuseSecret(bytes, name);
  const type = sniffType(bytes, name);
  const { maxTextCharacters } = reading.options.limits;
  if (TEXT_TYPES.has(type) && bytes.length > maxTextCharacters * LONGEST_CHARACTER) {
    reading.budget.takeText(Number.POSITIVE_INFINITY);
  }
  const read = await foreseen(name, () => parseContent(type, bytes, name, reading));
  const withText = read.documents.filter(({ text }) => text !== '');
  // What a container holds has been counted when it was read.
  const isContainer = type === 'gzip' || read.type === 'zip';
  const { documents, failures } = isContainer
    ? { documents: withText, failures: read.failures }
    : withinBudget(withText, name, reading.budget, read.failures);
  if (documents.length === 0 && failures.length === 0) {
    throw new AkinError('NO_TEXT', `${name} has no text to search in.`);
  }
  if (isContainer) return { type: read.type, documents, failures };
  const isPage = read.type === 'html';
  const examined = documents.map((document) => {
    const known = withinFieldLimits(examineText(document, { declaredBy: isPage ? 'template' : 'author' }));
    return isPage ? ofSite(known, name) : known;
  });
  return { type: read.type, documents: examined, failures };
}

/** The documents for whose text there is still room; the others are failures. */
function withinBudget(
  documents: ParsedDocument[],
  name: string,
  budget: ReadBudget,
  before: Failure[],
): ReadDocuments {
  const failures = [...before];
  const taken = documents.filter(({ text, part }, index) => {
    // An attachment has been counted when it was read.
    if (part !== undefined) return true;
    try {
      budget.takeText(text.length);
      return true;
    } catch (error) {
      if (!(error instanceof AkinError)) throw error;
      const item = documents.length === 1 ? name : `${name}#${index + 1}`;
      failures.push({ item, code: error.code, detail: error.message });
      return false;
    }
  });
  return { documents: taken, failures };
}

async function parseContent(
  type: FileType,
  bytes: Uint8Array,
  name: string,
  reading: Reading,
): Promise<ParsedFile> {
  const { options, budget, depth } = reading;
  if (CONTAINERS.has(type)) budget.checkDepth(depth + 1);
  if (type === 'gzip') {
    return readBytes(expandGzip(bytes, budget), nameInGzip(name), { ...reading, depth: depth + 1 });
  }
  const readPart: ReadPart = (part, path) => parsePart(part, path, name, reading);
  return parseAs(type, bytes, { name, options, budget, readPart });
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
