import type { FullDocument, Passage } from './answers.js';
import { element } from './element.js';
import { markedText } from './marked-text.js';
import { paragraphsOf, rangeWithin } from './paragraphs.js';
import { titleOf } from './wording.js';

/** A document’s text and what is known of its parts. */
export interface DocumentTextOptions {
  document: FullDocument;
  /** Whose headings are set as headings. */
  passages: Passage[];
  /** The one that is marked. */
  opened: Passage | null;
}

/** A document's text in paragraphs, each `<mark>` in it a part of the opened passage. */
export function documentText({ document, passages, opened }: DocumentTextOptions): HTMLElement {
  const headings = new Set(passages.map((passage) => passage.heading?.trim()));
  const paragraphs = paragraphsOf(document.text);
  // Most texts begin with their title, which stands above already.
  const repeatsTitle = paragraphs.length > 1 && paragraphs[0]?.text.trim() === titleOf(document).trim();
  const blocks = paragraphs.slice(repeatsTitle ? 1 : 0).map((paragraph) => {
    const range = opened === null ? null : rangeWithin(paragraph, [opened.start, opened.end]);
    const nodes = markedText(paragraph.text, range === null ? [] : [range]);
    return element(headings.has(paragraph.text.trim()) ? 'h2' : 'p', {}, ...nodes);
  });
  return element('div', { class: 'text', lang: document.language, dir: 'auto' }, ...blocks);
}
