import type { DomElement, DomNode } from './dom.js';

/** A paragraph of a page; a heading is marked as one. */
export interface Block {
  text: string;
  isHeading: boolean;
}

const ELEMENT = 1;
const TEXT = 3;
/** Deeper than this, what is left is taken as one run of text: nesting must not exhaust the stack. */
const MAX_DEPTH = 400;

const SKIPPED = new Set([
  'SCRIPT',
  'STYLE',
  'NOSCRIPT',
  'TEMPLATE',
  'SVG',
  'CANVAS',
  'IFRAME',
  'OBJECT',
  'HEAD',
  'TITLE',
  'BUTTON',
  'SELECT',
  'TEXTAREA',
  'DATALIST',
]);
/** Elements that stand within a line of text. */
export const INLINE = new Set([
  'A',
  'ABBR',
  'ACRONYM',
  'B',
  'BDI',
  'BDO',
  'BIG',
  'CITE',
  'CODE',
  'DATA',
  'DEL',
  'DFN',
  'EM',
  'FONT',
  'I',
  'IMG',
  'INS',
  'KBD',
  'LABEL',
  'MARK',
  'METER',
  'Q',
  'RUBY',
  'RB',
  'RT',
  'RP',
  'S',
  'SAMP',
  'SMALL',
  'SPAN',
  'STRIKE',
  'STRONG',
  'SUB',
  'SUP',
  'TIME',
  'TT',
  'U',
  'VAR',
  'WBR',
]);

/** The paragraphs under a node: one for each block element, list or table; `<br>` is a newline, `<pre>` stays as it is. */
export function blockParagraphs(root: DomNode, rootDepth = 0): Block[] {
  const blocks: Block[] = [];
  let inline = '';
  const flush = (isHeading = false) => {
    for (const text of paragraphsOf(inline)) blocks.push({ text, isHeading });
    inline = '';
  };
  const add = (text: string) => {
    if (text !== '') blocks.push({ text, isHeading: false });
  };
  const visit = (node: DomNode, depth: number): void => {
    const name = node.nodeName.toUpperCase();
    if (node.nodeType === TEXT) inline += spaced(node.textContent);
    if (node.nodeType !== ELEMENT || SKIPPED.has(name)) return;
    if (name === 'BR') inline += '\n';
    else if (depth > MAX_DEPTH) inline += ` ${spaced(node.textContent)}`;
    else if (INLINE.has(name)) visitChildren(node, depth);
    else {
      flush();
      if (name === 'PRE') add(preserved(node));
      else if (name === 'UL' || name === 'OL') add(listLines(node as DomElement, depth).join('\n'));
      else if (name === 'TABLE' && isDataTable(node as DomElement))
        add(tableLines(node as DomElement, depth).join('\n'));
      else visitChildren(node, depth);
      flush(/^H[1-6]$/.test(name));
    }
  };
  const visitChildren = (node: DomNode, depth: number) => {
    for (const child of node.childNodes) visit(child, depth + 1);
  };
  visitChildren(root, rootDepth);
  flush();
  return blocks;
}

function listLines(list: DomElement, depth: number): string[] {
  const isOrdered = list.nodeName.toUpperCase() === 'OL';
  const lines: string[] = [];
  let number = Number.parseInt(list.getAttribute('start') ?? '1', 10) || 1;
  for (const child of list.childNodes) {
    const content = blockParagraphs(wrapped(child), depth + 1).map(({ text }) => text);
    const [first = '', ...rest] = content
      .join('\n')
      .split('\n')
      .filter((line) => line.trim() !== '');
    if (first === '') continue;
    lines.push(`${isOrdered ? `${number}.` : '-'} ${first}`, ...rest.map((line) => `  ${line}`));
    number += 1;
  }
  return lines;
}

/** A list's child as the root to read from: an item by what is in it, anything else by itself. */
function wrapped(child: DomNode): DomNode {
  const { nodeType, nodeName, textContent } = child;
  const childNodes = nodeName.toUpperCase() === 'LI' ? child.childNodes : [child];
  return { nodeType, nodeName, textContent, childNodes };
}

/** A table of data, not one that a page is laid out with. */
function isDataTable(table: DomElement): boolean {
  if (table.querySelector('table, ul, ol, h1, h2, h3, h4, blockquote, pre')) return false;
  return [...table.querySelectorAll('tr')].some((row) => cellsOf(row).length > 1);
}

function tableLines(table: DomElement, depth: number): string[] {
  const oneRun = (node: DomNode | null) => lineOf(node, depth + 1);
  const caption = oneRun(table.querySelector('caption'));
  const rows = [...table.querySelectorAll('tr')].map((row) => cellsOf(row).map(oneRun));
  const lines = rows.filter((cells) => cells.some((cell) => cell !== '')).map((cells) => cells.join(' | '));
  return caption === '' ? lines : [caption, ...lines];
}

function cellsOf(row: DomElement): DomNode[] {
  return [...row.childNodes].filter(({ nodeName }) => /^t[dh]$/i.test(nodeName));
}

function lineOf(node: DomNode | null, depth: number): string {
  if (node?.nodeType !== ELEMENT) return '';
  const texts = blockParagraphs(node, depth).map(({ text }) => text);
  return spaced(texts.join(' ')).trim();
}

function preserved(node: DomNode): string {
  return (node.textContent ?? '').replace(/[^\S\n]+$/gm, '').replace(/^\n+|\s+$/g, '');
}

function spaced(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ');
}

function paragraphsOf(inline: string): string[] {
  return inline
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.replace(/\s+/g, ' ').trim())
        .filter((line) => line !== '')
        .join('\n'),
    )
    .filter((paragraph) => paragraph !== '');
}
