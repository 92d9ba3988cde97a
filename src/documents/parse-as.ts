import type { ParsedDocument } from '../types.js';
import type { ReadBudget } from './containers/budget.js';
import type { ReadDocuments, ReadPart } from './containers/parts.js';
import { readArchive } from './containers/read-archive.js';
import { decodeMarkup, decodeText } from './decode.js';
import type { ReadOptions } from './limits.js';
import { parseEmail } from './parsers/email.js';
import { parseFeed } from './parsers/feed.js';
import { parseHtmlStories } from './parsers/html.js';
import { parseJson, parseJsonLines } from './parsers/json.js';
import { parseMarkdown } from './parsers/markdown.js';
import { parseMbox } from './parsers/mbox.js';
import { parsePdf } from './parsers/pdf.js';
import { parseRtf } from './parsers/rtf.js';
import { parseSubtitles } from './parsers/subtitles.js';
import { parseTable } from './parsers/table.js';
import { parseText } from './parsers/text.js';
import { parseXmlText } from './parsers/xml.js';
import type { FileType } from './sniff.js';

/** What is in a file. */
export interface ParsedFile extends ReadDocuments {
  /** Of a compressed file, that of what it holds. */
  type: FileType;
}

export interface ParseContext {
  name: string;
  options: ReadOptions;
  budget: ReadBudget;
  readPart: ReadPart;
}

/** Reads a file of a type; a ZIP archive may turn out to be of another. */
export async function parseAs(
  type: Exclude<FileType, 'gzip'>,
  bytes: Uint8Array,
  { name, options, budget, readPart }: ParseContext,
): Promise<ParsedFile> {
  const one = (document: ParsedDocument): ParsedFile => ({ type, documents: [document], failures: [] });
  const all = (read: ReadDocuments): ParsedFile => ({ ...read, type });
  switch (type) {
    case 'text':
      return all({ documents: parseText(decodeText(bytes)), failures: [] });
    case 'markdown':
      return one(parseMarkdown(decodeText(bytes)));
    case 'html':
      return all({ documents: parseHtmlStories(decodeMarkup(bytes)), failures: [] });
    case 'json':
      return all(parseJson(decodeText(bytes), name));
    case 'jsonl':
      return all(parseJsonLines(decodeText(bytes), name));
    case 'table':
      return all(await parseTable(decodeText(bytes), name, options.columns));
    case 'feed':
      return all(await parseFeed(decodeMarkup(bytes), name, budget));
    case 'subtitles':
      return one(await parseSubtitles(decodeText(bytes)));
    case 'xml':
      return one(parseXmlText(decodeMarkup(bytes), name));
    case 'rtf':
      return one(parseRtf(bytes));
    case 'eml':
      return all(await parseEmail(bytes, { name, budget, readPart }));
    case 'mbox':
      return all(await parseMbox(bytes, { name, budget, readPart }));
    case 'pdf': {
      const { document, failures } = await parsePdf(bytes, name, options);
      return { type, documents: [document], failures };
    }
    case 'zip':
    case 'docx':
    case 'odt':
    case 'epub':
      return readArchive(bytes, name, { budget, readPart });
  }
}
