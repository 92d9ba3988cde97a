import { type DomElement, type DomNode, isElement, TEXT_NODE } from '../parsers/dom.js';

/** What stands under an element. Texts are counted in characters, without runs of white space. */
export interface Measure {
  /** Text outside of links, and within them. */
  prose: number;
  linked: number;
  /** Text in the element itself, not in one within it. */
  own: number;
  links: number;
  images: number;
  /** Paragraphs, headings, lists, tables: what running text is made of. */
  paragraphs: number;
  /** Code and tables. */
  figures: number;
  /** The element's place in the page, and that of the last element in it. */
  order: number;
  last: number;
}

/** The measure of an element without text. */
export const EMPTY: Readonly<Measure> = Object.freeze({
  prose: 0,
  linked: 0,
  own: 0,
  links: 0,
  images: 0,
  paragraphs: 0,
  figures: 0,
  order: 0,
  last: 0,
});

/** The measures of every element under a root, but of those whose text is never shown. */
export type Measures = Map<DomNode, Measure>;

const PARAGRAPHS = /^(?:P|H[1-6]|LI|DD|TABLE|BLOCKQUOTE|PRE)$/;
const FIGURES = /^(?:PRE|CODE|TABLE)$/;
const UNSHOWN = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'SVG', 'IFRAME', 'HEAD']);

/**
 * Beyond these a page takes Readability seconds, or the stack. It reads a text again at each level above it:
 * `reading` is the length of all texts, each as often as it is deep.
 */
const LIMITS = { elements: 40_000, depth: 700, reading: 15_000_000 };

/** True for a page that is neither too large nor too deep to be measured and read. */
export function canBeMeasured(root: DomNode): boolean {
  let count = 0;
  let reading = 0;
  let level: DomNode[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    count += level.length;
    const children = level.flatMap((node) => [...node.childNodes]);
    const texts = children.filter(({ nodeType }) => nodeType === TEXT_NODE);
    reading += depth * texts.reduce((sum, { textContent }) => sum + (textContent?.length ?? 0), 0);
    if (depth > LIMITS.depth || count > LIMITS.elements || reading > LIMITS.reading) return false;
    level = children.filter((node) => isElement(node) && !UNSHOWN.has(nameOf(node)));
  }
  return true;
}

/** Measures a page; it must not be nested deeper than the stack. */
export function measurePage(root: DomElement): Measures {
  const measures: Measures = new Map();
  let order = 0;
  const visit = (element: DomElement, isLinked: boolean): Measure => {
    const sum: Measure = { ...EMPTY, order };
    order += 1;
    for (const child of element.childNodes) {
      if (child.nodeType === TEXT_NODE) {
        const length = lengthOf(child);
        sum.own += length;
        sum[isLinked ? 'linked' : 'prose'] += length;
      } else if (isElement(child) && !UNSHOWN.has(nameOf(child))) {
        const name = nameOf(child);
        add(sum, visit(child, isLinked || name === 'A'), name);
      }
    }
    sum.last = order - 1;
    measures.set(element, sum);
    return sum;
  };
  visit(root, false);
  return measures;
}

function add(sum: Measure, inner: Measure, name: string): void {
  sum.prose += inner.prose;
  sum.linked += inner.linked;
  sum.links += inner.links + (name === 'A' ? 1 : 0);
  sum.images += inner.images + (name === 'IMG' || name === 'PICTURE' ? 1 : 0);
  sum.paragraphs += inner.paragraphs + (PARAGRAPHS.test(name) ? 1 : 0);
  sum.figures += inner.figures + (FIGURES.test(name) ? 1 : 0);
}

/** True if the element of the one measure holds that of the other. */
export function contains(outer: Measure, inner: Measure): boolean {
  return inner.order > outer.order && inner.order <= outer.last;
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
