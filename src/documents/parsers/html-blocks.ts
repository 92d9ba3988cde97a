import type { Paragraph } from '../text-builder.js';
import { type DomElement, type DomNode, isElement, parseDom, TEXT_NODE } from './dom.js';

/** A paragraph of a page. */
export interface Block extends Paragraph {
  /** The block element that it stands in. */
  element: DomNode;
  /** The links in it, and how many characters of its text they are. */
  links: DomElement[];
  linked: number;
}

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
  let links: DomElement[] = [];
  let linked = 0;
  let element = root;
  const add = (text: string, isHeading = false) => {
    if (text !== '') blocks.push({ text, isHeading, element, links, linked });
    inline = '';
    links = [];
    linked = 0;
  };
  const flush = (isHeading = false) => add(paragraphOf(inline), isHeading);
  const addLines = (lines: Lines) => {
    links = lines.links;
    linked = lines.linked;
    add(lines.lines.join('\n'));
  };
  const visit = (node: DomNode, depth: number, isLinked: boolean): void => {
    const name = node.nodeName.toUpperCase();
    if (node.nodeType === TEXT_NODE) addText(spaced(node.textContent), isLinked);
    if (!isElement(node) || SKIPPED.has(name)) return;
    if (name === 'BR' && /\n\s*$/.test(inline)) flush();
    else if (name === 'BR') inline += '\n';
    else if (depth > MAX_DEPTH) addText(` ${spaced(node.textContent)}`, isLinked);
    else if (name === 'A') {
      links.push(node);
      visitChildren(node, depth, true);
    } else if (INLINE.has(name)) visitChildren(node, depth, isLinked);
    else visitBlock(node, name, depth, isLinked);
  };
  const addText = (text: string, isLinked: boolean) => {
    inline += text;
    if (isLinked) linked += text.trim().length;
  };
  const visitBlock = (node: DomElement, name: string, depth: number, isLinked: boolean) => {
    flush();
    const parent = element;
    element = node;
    if (name === 'PRE') add(preserved(node));
    else if (name === 'UL' || name === 'OL') addLines(listLines(node, depth));
    else if (name === 'TABLE' && isDataTable(node)) addLines(tableLines(node, depth));
    else visitChildren(node, depth, isLinked);
    flush(/^H[1-6]$/.test(name));
    element = parent;
  };
  const visitChildren = (node: DomNode, depth: number, isLinked: boolean) => {
    for (const child of node.childNodes) visit(child, depth + 1, isLinked);
  };
  visitChildren(root, rootDepth, false);
  flush();
  return blocks;
}

/** The paragraphs of a piece of HTML. */
export function fragmentParagraphs(html: string): string[] {
  return blockParagraphs(parseDom(`<html><body>${html}</body></html>`).body).map(({ text }) => text);
}

/** The lines of a list or a table, with what is linked in them. */
interface Lines {
  lines: string[];
  links: DomElement[];
  linked: number;
}

function listLines(list: DomElement, depth: number): Lines {
  const isOrdered = list.nodeName.toUpperCase() === 'OL';
  const lines: string[] = [];
  const inner: Block[] = [];
  let number = Number.parseInt(list.getAttribute('start') ?? '1', 10) || 1;
  for (const child of list.childNodes) {
    const blocks = blockParagraphs(wrapped(child), depth + 1);
    const [first = '', ...rest] = blocks
      .flatMap(({ text }) => text.split('\n'))
      .filter((line) => line.trim() !== '');
    if (first === '') continue;
    for (const block of blocks) inner.push(block);
    lines.push(`${isOrdered ? `${number}.` : '-'} ${first}`);
    for (const line of rest) lines.push(`  ${line}`);
    number += 1;
  }
  return { lines, ...linksOf(inner) };
}

function linksOf(blocks: Block[]): Pick<Lines, 'links' | 'linked'> {
  return {
    links: blocks.flatMap(({ links }) => links),
    linked: blocks.reduce((sum, { linked }) => sum + linked, 0),
  };
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

function tableLines(table: DomElement, depth: number): Lines {
  const inner: Block[] = [];
  const oneRun = (node: DomNode | null) => {
    const blocks = node === null ? [] : blockParagraphs(node, depth + 1);
    for (const block of blocks) inner.push(block);
    return spaced(blocks.map(({ text }) => text).join(' ')).trim();
  };
  const caption = oneRun(table.querySelector('caption'));
  const rows = [...table.querySelectorAll('tr')].map((row) => cellsOf(row).map(oneRun));
  const lines = rows.filter((cells) => cells.some((cell) => cell !== '')).map((cells) => cells.join(' | '));
  return { lines: caption === '' ? lines : [caption, ...lines], ...linksOf(inner) };
}

function cellsOf(row: DomElement): DomNode[] {
  return [...row.childNodes].filter(({ nodeName }) => /^t[dh]$/i.test(nodeName));
}

function preserved(node: DomNode): string {
  return (node.textContent ?? '').replace(/[^\S\n]+$/gm, '').replace(/^\n+|\s+$/g, '');
}

function spaced(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ');
}

function paragraphOf(inline: string): string {
  return inline
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
