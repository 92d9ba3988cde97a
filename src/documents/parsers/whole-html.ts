import type { ParsedDocument } from '../../types.js';
import { normaliseText } from '../normalise.js';
import { type Paragraph, TextBuilder } from '../text-builder.js';
import { parseDom } from './dom.js';
import { blockParagraphs } from './html-blocks.js';

/** Elements that HTML knows only empty; XHTML may write any other as `<a/>`, which HTML takes for an opening. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;

/** The paragraphs of all of a page, where its maker put nothing around the text: a chapter, a message, an entry. */
export function wholeBlocks(html: string): Paragraph[] {
  return blockParagraphs(parseDom(normaliseText(html)).body);
}

/** XHTML as the HTML that says the same. */
export function htmlOfXhtml(source: string): string {
  return source
    .replace(/<([a-z][\w:-]*)((?:\s[^<>]*)?)\/>/gi, (tag, name: string, attributes: string) =>
      VOID.test(name) ? tag : `<${name}${attributes}></${name}>`,
    )
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, text: string) => escapeHtml(text));
}

/** Text and heading marks of paragraphs. */
export function textOfBlocks(blocks: Paragraph[]): Pick<ParsedDocument, 'text' | 'headings'> {
  const builder = new TextBuilder();
  for (const { text, isHeading } of blocks) {
    if (isHeading) builder.heading(text);
    else builder.paragraph(text);
  }
  return builder.build();
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
