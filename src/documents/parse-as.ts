import type { ParsedDocument } from '../types.js';
import type { ReadBudget } from './containers/budget.js';
import type { ReadDocuments, ReadPart } from './containers/parts.js';
import { decodeMarkup, decodeText } from './decode.js';
import type { ReadOptions } from './limits.js';
import { parseJson, parseJsonLines } from './parsers/json.js';
import { parseText } from './parsers/text.js';
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

/**
 * Reads a file of a type; a ZIP archive may turn out to be of another. What reads it is loaded with the first file of
 * the type: all parsers together take most of a second.
 */
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
    case 'json':
      return all(await parseJson(decodeText(bytes), name));
    case 'jsonl':
      return all(await parseJsonLines(decodeText(bytes), name));
    case 'markdown': {
      const { parseMarkdown } = await import('./parsers/markdown.js');
      return one(parseMarkdown(decodeText(bytes)));
    }
    case 'html': {
      const { parseHtmlStories } = await import('./parsers/html.js');
      return all({ documents: parseHtmlStories(decodeMarkup(bytes)), failures: [] });
    }
    case 'table': {
      const { parseTable } = await import('./parsers/table.js');
      return all(await parseTable(decodeText(bytes), name, options.columns));
    }
    case 'feed': {
      const { parseFeed } = await import('./parsers/feed.js');
      return all(await parseFeed(decodeMarkup(bytes), name, budget));
    }
    case 'subtitles': {
      const { parseSubtitles } = await import('./parsers/subtitles.js');
      return one(await parseSubtitles(decodeText(bytes)));
    }
    case 'xml': {
      const { parseXmlText } = await import('./parsers/xml.js');
      return one(parseXmlText(decodeMarkup(bytes), name));
    }
    case 'rtf': {
      const { parseRtf } = await import('./parsers/rtf.js');
      return one(parseRtf(bytes));
    }
    case 'eml': {
      const { parseEmail } = await import('./parsers/email.js');
      return all(await parseEmail(bytes, { name, budget, readPart }));
    }
    case 'mbox': {
      const { parseMbox } = await import('./parsers/mbox.js');
      return all(await parseMbox(bytes, { name, budget, readPart }));
    }
    case 'pdf': {
      const { parsePdf } = await import('./parsers/pdf.js');
      const { document, failures } = await parsePdf(bytes, name, options);
      return { type, documents: [document], failures };
    }
    case 'zip':
    case 'docx':
    case 'odt':
    case 'epub': {
      const { readArchive } = await import('./containers/read-archive.js');
      return readArchive(bytes, name, { budget, readPart });
    }
  }
}
