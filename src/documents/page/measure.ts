import { type DomElement, type DomNode, isElement, TEXT_NODE } from '../parsers/dom.js';

/** How much text stands under an element: within links, and outside of them. In characters without runs of white space. */
export interface Measure {
  prose: number;
  linked: number;
  links: number;
  images: number;
  /** Paragraphs, headings, lists, tables: what running text is made of. */
  paragraphs: number;
  /** The element's place in the page. */
  order: number;
}

/** The measures of every element under a root, but of those whose text is never shown. */
export type Measures = Map<DomNode, Measure>;

const PARAGRAPHS = /^(?:P|H[1-6]|LI|DD|TABLE|BLOCKQUOTE|PRE)$/;
const UNSHOWN = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'SVG', 'IFRAME', 'HEAD']);

/** Beyond these a page takes Readability seconds, or the stack. */
const LIMITS = { elements: 40_000, depth: 700 };

/** True for a page that is neither too large nor too deep to be measured and read. */
export function canBeMeasured(root: DomNode): boolean {
  let count = 0;
  let level: DomNode[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    count += level.length;
    if (depth > LIMITS.depth || count > LIMITS.elements) return false;
    level = level.flatMap((node) => [...node.childNodes].filter(isElement));
  }
  return true;
}

/** Measures a page; it must not be nested deeper than the stack. */
export function measurePage(root: DomElement): Measures {
  const measures: Measures = new Map();
  let order = 0;
  const visit = (element: DomElement, isLinked: boolean): Measure => {
    const sum = { prose: 0, linked: 0, links: 0, images: 0, paragraphs: 0, order };
    order += 1;
    for (const child of element.childNodes) {
      if (child.nodeType === TEXT_NODE) sum[isLinked ? 'linked' : 'prose'] += lengthOf(child);
      else if (isElement(child) && !UNSHOWN.has(nameOf(child))) {
        const name = nameOf(child);
        const inner = visit(child, isLinked || name === 'A');
        sum.prose += inner.prose;
        sum.linked += inner.linked;
        sum.links += inner.links + (name === 'A' ? 1 : 0);
        sum.images += inner.images + (name === 'IMG' || name === 'PICTURE' ? 1 : 0);
        sum.paragraphs += inner.paragraphs + (PARAGRAPHS.test(name) ? 1 : 0);
      }
    }
    measures.set(element, sum);
    return sum;
  };
  visit(root, false);
  return measures;
}

/** An element's name in upper case. */
export function nameOf(node: DomNode): string {
  return node.nodeName.toUpperCase();
}

/** The share of a measured text that is within links; 0 for no text. */
export function linkDensity({ prose, linked }: Measure): number {
  return linked === 0 ? 0 : linked / (linked + prose);
}

function lengthOf(node: DomNode): number {
  return (node.textContent ?? '').replace(/\s+/g, ' ').trim().length;
}
