import type { TextRange } from './answers.js';
import { element } from './element.js';
import { excerptOf, segmentsOf } from './excerpt.js';

/** A text as nodes, with its ranges in `<mark>`. */
export function markedText(text: string, ranges: readonly TextRange[]): Node[] {
  return segmentsOf(text, ranges).map((segment) =>
    segment.marked ? element('mark', {}, segment.text) : document.createTextNode(segment.text),
  );
}

/** The part of a text around its first highlight as nodes, with an ellipsis where it was cut. */
export function markedExcerpt(text: string, highlights: readonly TextRange[], length: number): Node[] {
  const excerpt = excerptOf(text, highlights, length);
  const nodes = markedText(excerpt.text, excerpt.highlights);
  if (excerpt.cutBefore) nodes.unshift(document.createTextNode('… '));
  if (excerpt.cutAfter) nodes.push(document.createTextNode(' …'));
  return nodes;
}
