import type { ParsedDocument } from '../../types.js';
import { unknownFields } from '../fields.js';
import { normaliseText, oneLineOrNull } from '../normalise.js';
import { unsupported } from '../sniff-binary.js';
import type { Paragraph } from '../text-builder.js';
import type { DomElement, DomNode } from './dom.js';
import { splitTitle } from './office-fields.js';
import { textOfBlocks } from './whole-html.js';
import { elementsNamed, isElement, localName, parseXml } from './xml-dom.js';

const TEXT = 3;
const CDATA = 4;
/** What XML for news, articles and books calls a title. */
const TITLES = ['headline', 'hl1', 'article-title', 'title'];
/** Elements that news, articles and books have within a sentence. */
const WITHIN_SENTENCES =
  /^(?:a|abbr|b|bold|br|cite|code|em|emph|emphasis|hi|i|italic|link|name|num|org|person|persName|placeName|q|ref|rs|span|strong|sub|sup|term|u|ulink|xref|location|lang|money|function|event|chron|virtloc|classifier|object\.title)$/;

/**
 * One document of any other XML: the text of its elements, each a paragraph. An element that stands within another's
 * sentence is part of that.
 *
 * @throws AkinError UNSUPPORTED_TYPE for a drawing, DAMAGED_FILE
 */
export function parseXmlText(source: string, name: string): ParsedDocument {
  const root = parseXml(normaliseText(source));
  if (localName(root) === 'svg') throw unsupported(name, 'an SVG drawing', 'convert it');
  const named = TITLES.flatMap((tag) => elementsNamed(root, tag)[0]?.textContent ?? [])[0];
  const { title, blocks } = splitTitle(oneLineOrNull(named), blocksOf(root));
  return { ...unknownFields(), title, ...textOfBlocks(blocks), pages: [] };
}

function blocksOf(root: DomElement): Paragraph[] {
  const blocks: Paragraph[] = [];
  let run = '';
  const flush = (): void => {
    const text = run.replace(/\s+/g, ' ').trim();
    if (text !== '') blocks.push({ text, isHeading: false });
    run = '';
  };
  const visit = (node: DomNode): void => {
    if (node.nodeType === TEXT || node.nodeType === CDATA) run += node.textContent ?? '';
    if (!isElement(node)) return;
    const isParagraph = !WITHIN_SENTENCES.test(localName(node));
    if (isParagraph) flush();
    else run += /^br$/i.test(localName(node)) ? ' ' : '';
    for (const child of node.childNodes) visit(child);
    if (isParagraph) flush();
  };
  visit(root);
  return blocks;
}
