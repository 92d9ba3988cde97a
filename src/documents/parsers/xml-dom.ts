import { DOMParser } from 'linkedom';
import { AkinError } from '../../errors.js';
import { oneLineOrNull } from '../normalise.js';
import type { DomElement, DomNode } from './dom.js';

const ELEMENT = 1;
/** linkedom's time grows with the depth of each element; no program writes such. */
const MAX_DEPTH = 1_000;

/**
 * The root element of an XML source. Only the five entities of XML itself and numbers are resolved: what a document
 * type declares is not read, nothing is fetched.
 *
 * @throws AkinError DAMAGED_FILE where there is no element, or elements stand in one another without end.
 */
export function parseXml(source: string): DomElement {
  if (depthOf(source) > MAX_DEPTH) {
    throw new AkinError('DAMAGED_FILE', `XML elements stand in one another more than ${MAX_DEPTH} deep.`);
  }
  const document: { documentElement: DomElement | null } = new DOMParser().parseFromString(
    source,
    'text/xml',
  );
  if (document.documentElement) return document.documentElement;
  throw new AkinError('DAMAGED_FILE', 'There is no XML where there should be: get the file anew.');
}

/** An element's name without its prefix: programs differ in the prefix they choose. */
export function localName({ nodeName }: DomNode): string {
  return nodeName.slice(nodeName.indexOf(':') + 1);
}

export function isElement(node: DomNode): node is DomElement {
  return node.nodeType === ELEMENT;
}

export function childElements(node: DomNode): DomElement[] {
  return [...node.childNodes].filter(isElement);
}

/** All elements of these names under a node, whatever their prefix, in the order of the document. */
export function elementsNamed(root: DomElement, ...names: string[]): DomElement[] {
  return [...root.querySelectorAll('*')].filter((element) => names.includes(localName(element)));
}

/** The text of the first element of that name on one line, or null. */
export function textNamed(root: DomElement, name: string): string | null {
  return textsNamed(root, name)[0] ?? null;
}

/** The texts of all elements of that name that have one. */
export function textsNamed(root: DomElement, name: string): string[] {
  return elementsNamed(root, name).flatMap(({ textContent }) => oneLineOrNull(textContent) ?? []);
}

function depthOf(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [, closing, , selfClosing] of source.matchAll(/<(\/?)([A-Za-z_][^\s<>/]*)[^<>]*?(\/?)>/g)) {
    if (closing) depth = Math.max(0, depth - 1);
    else if (!selfClosing) depth += 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
