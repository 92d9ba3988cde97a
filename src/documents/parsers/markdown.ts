import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import type { ParsedDocument } from '../../types.js';
import { normaliseText, oneLine, oneLineOrNull } from '../normalise.js';
import { TextBuilder } from '../text-builder.js';
import { decodeEntities } from './dom.js';
import { readFrontMatter } from './front-matter.js';
import { fragmentParagraphs } from './html-blocks.js';

/**
 * One document of a Markdown source: the text without its markup, front matter as fields, headings marked.
 * The first level-one heading is the title where the front matter has none.
 */
export function parseMarkdown(source: string): ParsedDocument {
  const { fields, body, unreadable } = readFrontMatter(normaliseText(source).replace(/^\s*\n/, ''));
  const tokens = lexer(body, { gfm: true });
  const builder = new TextBuilder();
  if (unreadable !== null) builder.paragraph(unreadable);
  const heading = tokens.find(
    (token): token is Tokens.Heading => token.type === 'heading' && token.depth === 1,
  );
  const headingText = heading ? oneLineOrNull(inlineText(heading.tokens)) : null;
  const title = fields.title ?? headingText;
  for (const token of tokens) {
    // Where text comes before the heading, taking the heading out would join what it parts.
    const isTitle = token === heading && headingText === title && builder.build().text === '';
    if (!isTitle) addBlock(builder, token as MarkedToken);
  }
  return { ...fields, title, ...builder.build(), pages: [] };
}

function addBlock(builder: TextBuilder, token: MarkedToken): void {
  switch (token.type) {
    case 'heading':
      builder.heading(oneLine(inlineText(token.tokens)));
      break;
    case 'paragraph':
      builder.paragraph(inlineText(token.tokens));
      break;
    case 'text':
      builder.paragraph(token.tokens ? inlineText(token.tokens) : decodeEntities(token.text));
      break;
    case 'code':
      builder.paragraph(token.text);
      break;
    case 'list':
      builder.paragraph(listLines(token).join('\n'));
      break;
    case 'table':
      builder.paragraph(tableLines(token).join('\n'));
      break;
    case 'blockquote':
      for (const inner of token.tokens) addBlock(builder, inner as MarkedToken);
      break;
    case 'html':
      for (const paragraph of fragmentParagraphs(token.text)) builder.paragraph(paragraph);
      break;
    case 'def':
      // A footnote of one word looks like the definition of a link to the lexer.
      if (token.tag.startsWith('^')) builder.paragraph(`[${token.tag}]: ${token.href}`);
      break;
  }
}

function listLines(list: Tokens.List): string[] {
  return list.items.flatMap((item, i) => {
    const mark = list.ordered ? `${Number(list.start || 1) + i}. ` : '- ';
    const [first = '', ...rest] = item.tokens.flatMap((token) => itemLines(token as MarkedToken));
    return [`${mark}${first}`, ...rest.map((line) => `  ${line}`)];
  });
}

function itemLines(token: MarkedToken): string[] {
  if (token.type === 'list') return listLines(token);
  if (token.type === 'checkbox') return [];
  const inner = new TextBuilder();
  addBlock(inner, token);
  return inner
    .build()
    .text.split('\n')
    .filter((line) => line !== '');
}

function tableLines({ header, rows }: Tokens.Table): string[] {
  return [header, ...rows].map((row) => row.map(({ tokens }) => oneLine(inlineText(tokens))).join(' | '));
}

function inlineText(tokens: Token[]): string {
  return tokens.map((token) => inlineToken(token as MarkedToken)).join('');
}

function inlineToken(token: MarkedToken): string {
  switch (token.type) {
    case 'br':
      return '\n';
    case 'html':
      return /^<br\b/i.test(token.text) ? '\n' : '';
    case 'codespan':
    case 'escape':
      return token.text;
    case 'image':
      return decodeEntities(token.text);
    case 'text':
      return token.tokens ? inlineText(token.tokens) : joinLines(decodeEntities(token.text));
    case 'strong':
    case 'em':
    case 'del':
    case 'link':
      return inlineText(token.tokens);
    default:
      return token.raw;
  }
}

/** Single newlines are spaces in Markdown; two spaces or a backslash before one make a token of their own. */
function joinLines(text: string): string {
  return text.replace(/[^\S\n]*\n[^\S\n]*/g, ' ');
}
