import { parseHTML } from 'linkedom';

/** The part of the DOM that the parsers use: linkedom's own types need the browser's library. */
export interface DomNode {
  nodeType: number;
  nodeName: string;
  textContent: string | null;
  childNodes: Iterable<DomNode>;
}

export interface DomElement extends DomNode {
  parentElement: DomElement | null;
  getAttribute(name: string): string | null;
  removeAttribute(name: string): void;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  replaceWith(...nodes: DomNode[]): void;
  remove(): void;
}

export interface DomDocument extends DomElement {
  documentElement: DomElement;
  body: DomElement;
}

/** Of a node's `nodeType`. */
export const ELEMENT_NODE = 1;
export const TEXT_NODE = 3;

export function isElement(node: DomNode): node is DomElement {
  return node.nodeType === ELEMENT_NODE;
}

/** A page as a DOM. Nothing is fetched and no script runs. A fragment becomes the body of a page. */
export function parseDom(source: string): DomDocument {
  const hasRoot = /<html[\s>]/i.test(source);
  const hasBody = /<body[\s>]/i.test(source);
  const body = hasBody || hasRoot ? source : `<body>${source}</body>`;
  const document = domOf(hasRoot ? body : `<!doctype html><html>${body}</html>`);
  const isRooted = document.documentElement?.nodeName.toUpperCase() === 'HTML';
  return isRooted ? document : domOf(`<html><body>${source}</body></html>`);
}

function domOf(html: string): DomDocument {
  const { document } = parseHTML(html) as { document: DomDocument };
  return document;
}

/** Text with its character references (`&amp;`, `&#8211;`) resolved. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/gi, (reference) => {
    return parseDom(`<html><body><p>${reference}</p></body></html>`).body.textContent ?? reference;
  });
}
