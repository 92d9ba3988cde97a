import { AkinError } from '../errors.js';
import type { ParsedDocument } from '../types.js';
import { unknownFields } from './fields.js';
import type { DocumentInput } from './input.js';
import { plainParagraphs } from './parsers/text.js';

/**
 * The document of a JSON document: its text, html or markdown parsed; what the fields say wins over what the
 * content says of itself.
 *
 * @throws AkinError NO_TEXT if the content has markup but no text.
 */
export async function documentOfInput(input: DocumentInput): Promise<ParsedDocument> {
  const { id, text: _text, html: _html, markdown: _markdown, metadata = {}, ...fields } = input;
  const content = await contentOf(input);
  const document = {
    ...content,
    ...withoutAbsent(fields),
    metadata: { ...content.metadata, ...metadata },
    ...(id === undefined ? {} : { id }),
  };
  if (document.text !== '') return document;
  throw new AkinError('NO_TEXT', 'The document has no text to search in: its content is nothing but markup.');
}

async function contentOf({ text, html, markdown }: DocumentInput): Promise<ParsedDocument> {
  if (html !== undefined) return (await import('./parsers/html.js')).parseHtml(html);
  if (markdown !== undefined) return (await import('./parsers/markdown.js')).parseMarkdown(markdown);
  return { ...unknownFields(), text: plainParagraphs(text ?? ''), headings: [], pages: [] };
}

function withoutAbsent<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
