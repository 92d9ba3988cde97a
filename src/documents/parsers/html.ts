import type { ParsedDocument } from '../../types.js';
import { letters, normaliseText } from '../normalise.js';
import { removeFurniture } from '../page/furniture.js';
import { type MainText, mainText } from '../page/main-text.js';
import { RelatedLinks } from '../page/related-links.js';
import { runningText } from '../page/running-text.js';
import { TextBuilder } from '../text-builder.js';
import { type DomDocument, type DomNode, parseDom } from './dom.js';
import { type Block, blockParagraphs } from './html-blocks.js';
import { readHtmlFields, readName } from './html-fields.js';

/** Beyond these a page takes Readability seconds or its stack: then the body's text is taken as it is. */
const READABLE = { maxElements: 40_000, maxDepth: 700 };
/** Where Readability keeps less than this of a page, it may have found a caption: more text elsewhere then wins. */
const MIN_MAIN_TEXT = 140;

const PAGE_FURNITURE =
  'script, style, noscript, template, nav, header, footer, aside, form, iframe, svg, [hidden], [role="navigation"], [role="banner"], [role="contentinfo"]';

/**
 * One document of a web page: its main text, in paragraphs, without what the site puts around it, and the
 * fields that the page gives in its metadata. Nothing is fetched.
 */
export function parseHtml(source: string): ParsedDocument {
  const html = normaliseText(source);
  const document = parseDom(html);
  const fields = readHtmlFields(document);
  const related = isReadable(document) ? removeFurniture(document.body) : new RelatedLinks();
  const { blocks, byline } = textOf(document, html, fields.title);
  const builder = new TextBuilder();
  for (const { text, isHeading } of runningText(withoutTitle(blocks, fields.title), fields, related)) {
    if (isHeading) builder.heading(text);
    else builder.paragraph(text);
  }
  return { ...fields, author: fields.author ?? readName(byline), ...builder.build(), pages: [] };
}

function textOf(document: DomDocument, html: string, title: string | null): MainText {
  const { blocks, byline } = isReadable(document) ? mainText(document, title) : { blocks: [], byline: null };
  const length = lengthOf(blocks);
  if (length >= MIN_MAIN_TEXT) return { blocks, byline };
  const whole = bodyText(html);
  // Of a page so short, Readability may also have kept what surrounds its text.
  const isBetter = lengthOf(whole) > length * 2 || lengthOf(whole) < length;
  return { blocks: isBetter ? whole : blocks, byline };
}

/** The body without its furniture; all of it where a page is nothing but what looks like furniture. */
function bodyText(html: string): Block[] {
  const { documentElement: root } = parseDom(html);
  const all = blockParagraphs(root);
  for (const element of root.querySelectorAll(PAGE_FURNITURE)) element.remove();
  const blocks = blockParagraphs(root);
  return blocks.length > 0 ? blocks : all;
}

function isReadable(document: DomDocument): boolean {
  let count = 0;
  let level: DomNode[] = [document.documentElement];
  for (let depth = 0; level.length > 0; depth += 1) {
    count += level.length;
    if (depth > READABLE.maxDepth || count > READABLE.maxElements) return false;
    level = level.flatMap((node) => [...node.childNodes].filter(({ nodeType }) => nodeType === 1));
  }
  return true;
}

function withoutTitle(blocks: Block[], title: string | null): Block[] {
  const first = blocks[0];
  const isTitle =
    first !== undefined && title !== null && blocks.length > 1 && letters(first.text) === letters(title);
  return isTitle ? blocks.slice(1) : blocks;
}

function lengthOf(blocks: Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}
