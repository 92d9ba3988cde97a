import type { ParsedDocument } from '../../types.js';
import { normaliseText } from '../normalise.js';
import { TextBuilder } from '../text-builder.js';
import { parseDom } from './dom.js';
import { type Block, blockParagraphs } from './html-blocks.js';

/** Elements that HTML knows only empty; XHTML may write any other as `<a/>`, which HTML takes for an opening. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;

/** The paragraphs of all of a page, where its maker put nothing around the text: a chapter, a message, an entry. */
export function wholeBlocks(html: string): Block[] {
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
export function textOfBlocks(blocks: Block[]): Pick<ParsedDocument, 'text' | 'headings'> {
  const builder = new TextBuilder();
  for (const { text, isHeading } of blocks) {
    // Where a word may be parted at a line's end is no letter of it.
    const words = text.replaceAll('\u00AD', '');
    if (isHeading) builder.heading(words);
    else builder.paragraph(words);
  }
  return builder.build();
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
