import type { DomElement, DomNode } from './dom.js';
import { escapeHtml } from './whole-html.js';
import { childElements, elementsNamed, isElement } from './xml-dom.js';

/** Whether a list of a style has numbers, for each of its levels from the outermost. */
type ListStyles = Map<string, boolean[]>;

const TEXT = 3;
const CDATA = 4;

const TAGS = new Map([
  ['text:p', 'p'],
  ['text:list-item', 'li'],
  ['text:list-header', 'li'],
  ['table:table', 'table'],
  ['table:table-row', 'tr'],
  ['table:table-cell', 'td'],
  ['draw:text-box', 'div'],
]);

const LEFT_OUT = new Set([
  'office:annotation',
  'office:annotation-end',
  'office:forms',
  'text:tracked-changes',
  'text:table-of-content',
  'text:ruby-text',
  'table:covered-table-cell',
  'draw:image',
  'draw:object',
  'draw:object-ole',
  'svg:title',
  'svg:desc',
  'math:math',
]);

/** How an index is to be made, beside the index itself. */
const INDEX_SOURCE = /^text:[a-z-]+-source$/;

/** The body of an OpenDocument text as HTML: paragraphs, headings, lists, tables; its notes at the end. */
export function htmlOfOdf(content: DomElement, styles: DomElement | null): string {
  const listStyles = readListStyles([content, ...(styles ? [styles] : [])]);
  const notes: string[] = [];

  const inner = (node: DomNode, lists: string[]): string =>
    [...node.childNodes].map((child) => html(child, lists)).join('');

  const html = (node: DomNode, lists: string[]): string => {
    const { nodeName, nodeType } = node;
    if (nodeType === TEXT || nodeType === CDATA) return escapeHtml(node.textContent ?? '');
    if (!isElement(node) || LEFT_OUT.has(nodeName) || INDEX_SOURCE.test(nodeName)) return '';
    if (nodeName === 'text:s' || nodeName === 'text:tab') return ' ';
    if (nodeName === 'text:line-break') return '<br>';
    if (nodeName === 'text:note') {
      const label = elementsNamed(node, 'note-citation')[0]?.textContent ?? '';
      const bodies = elementsNamed(node, 'note-body').map((body) => inner(body, []));
      notes.push(`<p>[${escapeHtml(label)}] ${bodies.join('').replace(/^<p>/, '')}`);
      return `[${escapeHtml(label)}]`;
    }
    if (nodeName === 'text:h') {
      const level = Math.min(6, Math.max(1, Number(node.getAttribute('text:outline-level')) || 1));
      return `<h${level}>${inner(node, lists)}</h${level}>`;
    }
    if (nodeName === 'text:list') {
      const styled = [...lists, node.getAttribute('text:style-name') ?? lists.at(-1) ?? ''];
      const tag = listStyles.get(styled.at(-1) ?? '')?.[styled.length - 1] ? 'ol' : 'ul';
      return `<${tag}>${inner(node, styled)}</${tag}>`;
    }
    const tag = TAGS.get(nodeName);
    return tag ? `<${tag}>${inner(node, lists)}</${tag}>` : inner(node, lists);
  };

  const bodies = elementsNamed(content, 'body').map((body) => inner(body, []));
  return bodies.join('') + notes.join('');
}

function readListStyles(roots: DomElement[]): ListStyles {
  const found = roots.flatMap((root) => elementsNamed(root, 'list-style'));
  return new Map(
    found.map((style) => [
      style.getAttribute('style:name') ?? '',
      childElements(style).map(
        (level) =>
          level.nodeName === 'text:list-level-style-number' &&
          Boolean(level.getAttribute('style:num-format')),
      ),
    ]),
  );
}
