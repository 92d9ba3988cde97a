import { parseHTML } from 'linkedom';

/** The part of the DOM that the parsers use: linkedom's own types need the browser's library. */
export interface DomNode {
  nodeType: number;
  nodeName: string;
  textContent: string | null;
  childNodes: Iterable<DomNode>;
  parentNode?: DomNode | null;
}

export interface DomElement extends DomNode {
  parentElement: DomElement | null;
  getAttribute(name: string): string | null;
  removeAttribute(name: string): void;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  replaceWith(...nodes: DomNode[]): void;
  remove(): void;
  append(...nodes: DomNode[]): void;
  prepend(...nodes: DomNode[]): void;
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

const HEAD_ELEMENT = /^(?:title|meta|link|script|style|base|noscript|template)$/i;
const ROOT_TAG = /<\/?(?:html|body)(?=[\s>/])[^>]*>/gi;

/**
 * A page as a DOM, all of its content in its body. Nothing is fetched and no script runs. A fragment becomes the body of
 * a page.
 */
export function parseDom(source: string): DomDocument {
  const hasRoot = /<html[\s>]/i.test(source);
  const hasBody = /<body[\s>]/i.test(source);
  const body = hasBody || hasRoot ? source : `<body>${source}</body>`;
  const document = domOf(hasRoot ? body : `<!doctype html><html>${body}</html>`);
  const root = document.documentElement;
  const isRooted = root?.nodeName.toUpperCase() === 'HTML' && document.body?.parentNode === root;
  // Where these tags stand within others, the parser leaves them there.
  if (!isRooted) return domOf(`<html><body>${source.replace(ROOT_TAG, '')}</body></html>`);
  gatherContent(document, root);
  return document;
}

/** Content before or behind the body, or in the head, is the body's: there a browser puts it. */
function gatherContent(document: DomDocument, root: DomElement): void {
  const head = root.querySelector('head');
  const inHead = [...(head?.childNodes ?? [])].filter(
    (node) => isElement(node) && !HEAD_ELEMENT.test(node.nodeName),
  );
  document.body.prepend(...inHead);
  for (const stray of [...root.childNodes, ...document.childNodes]) {
    const isPlaced = stray === root || /^(?:head|body|html)$/i.test(stray.nodeName);
    if (!isPlaced && (isElement(stray) || stray.nodeType === TEXT_NODE)) document.body.append(stray);
  }
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
