import type { FoundPassage, TextRange } from './answers.js';
import { element } from './element.js';
import { excerptOf, segmentsOf } from './excerpt.js';

/** A text as nodes, with its ranges in `<mark>`. */
export function markedText(text: string, ranges: readonly TextRange[]): Node[] {
  return segmentsOf(text, ranges).map((segment) =>
    segment.marked ? element('mark', {}, segment.text) : document.createTextNode(segment.text),
  );
}

/**
 * The part of a passage around the sentence that answers, or else its first highlight, as nodes. There is an ellipsis
 * where it was cut, and the sentence is in an element of its own.
 */
export function markedExcerpt({ text, highlights = [], answer }: FoundPassage, length: number): Node[] {
  const excerpt = excerptOf(text, highlights, length, answer);
  const [from, to] = excerpt.focus;
  const part = (start: number, end?: number): Node[] =>
    markedText(
      excerpt.text.slice(start, end),
      excerpt.highlights.map(([first, last]) => [first - start, last - start]),
    );
  const nodes = answer
    ? [...part(0, from), element('span', { class: 'answer' }, ...part(from, to)), ...part(to)]
    : part(0);
  if (excerpt.cutBefore) nodes.unshift(document.createTextNode('… '));
  if (excerpt.cutAfter) nodes.push(document.createTextNode(' …'));
  return nodes;
}
