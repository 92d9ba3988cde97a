import type { FullDocument, Passage, TextRange } from './answers.js';
import { element } from './element.js';
import { type Paragraph, paragraphsOf, rangeWithin } from './paragraphs.js';
import { titleOf } from './wording.js';

/** A document’s text and what is known of its parts. */
export interface DocumentTextOptions {
  document: FullDocument;
  /** Whose headings are set as headings. */
  passages: Passage[];
  /** The one that is marked. */
  opened: Passage | null;
  /** The sentence of it that answers, as a range of its text. */
  answer: TextRange | null;
}

/** A document's text in paragraphs, each `<mark>` in it a part of the opened passage. */
export function documentText({
  document: shown,
  passages,
  opened,
  answer,
}: DocumentTextOptions): HTMLElement {
  const headings = new Set(passages.map((passage) => passage.heading?.trim()));
  const paragraphs = paragraphsOf(shown.text);
  // Most texts begin with their title, which stands above already.
  const repeatsTitle = paragraphs.length > 1 && paragraphs[0]?.text.trim() === titleOf(shown).trim();
  const blocks = paragraphs.slice(repeatsTitle ? 1 : 0).map((paragraph) => {
    const nodes =
      opened === null ? [document.createTextNode(paragraph.text)] : passageNodes(paragraph, opened, answer);
    return element(headings.has(paragraph.text.trim()) ? 'h2' : 'p', {}, ...nodes);
  });
  return element('div', { class: 'text', lang: shown.language, dir: 'auto' }, ...blocks);
}

/** A paragraph with what of a passage is in it marked, and in that the sentence that answers. */
function passageNodes(paragraph: Paragraph, { start, end }: Passage, answer: TextRange | null): Node[] {
  const { text } = paragraph;
  const range = rangeWithin(paragraph, [start, end]);
  if (range === null) return [document.createTextNode(text)];
  const sentence = answer === null ? null : rangeWithin(paragraph, [start + answer[0], start + answer[1]]);
  const [first, last] = sentence ?? [range[1], range[1]];
  const parts: Node[] = [
    document.createTextNode(text.slice(0, range[0])),
    element('mark', {}, text.slice(range[0], first)),
    element('mark', { class: 'answering' }, text.slice(first, last)),
    element('mark', {}, text.slice(last, range[1])),
    document.createTextNode(text.slice(range[1])),
  ];
  return parts.filter((part) => part.textContent !== '');
}
