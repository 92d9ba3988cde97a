import { z } from 'zod';
import type { Hit } from '../search/answer.js';
import { excerptOf, partsThatFit } from './budget.js';
import { citation, citationOf, citationText, passage, passageText, shortened } from './shapes.js';

/** A document that was found, with the passages that fit into the answer. */
export const hitShape = citation.extend({
  score: z.number().describe('0 to 1: the chance that it answers'),
  passages: z.array(passage.extend({ cut: z.boolean().describe('whether some of its text is left out') })),
  versions: z.array(citation.pick({ id: true, title: true })).describe('other versions of the same document'),
});
export type HitShape = z.output<typeof hitShape>;

const MOST_VERSIONS = 3;

/** Hits as an answer gives them, and how many of them did not fit. */
export function shownHits(hits: Hit[]): { shown: HitShape[]; omitted: number } {
  const shapes = hits.map(shapeOf);
  const sizes = shapes.map(({ passages, ...bare }) => ({
    bare: JSON.stringify(bare).length,
    parts: passages.map((one) => passageText(one).length),
  }));
  const chosen = partsThatFit(sizes);
  const shown = shapes
    .slice(0, chosen.length)
    .map((shape, index) => ({ ...shape, passages: shape.passages.slice(0, chosen[index]) }));
  return { shown, omitted: shapes.length - shown.length };
}

function shapeOf({ document, score, passages, duplicates }: Hit): HitShape {
  return {
    ...citationOf(document),
    score: Number(score.toFixed(3)),
    passages: passages.map(({ id, page, heading, text, answer, highlights }) => ({
      passage: id,
      page,
      heading: shortened(heading),
      ...excerptOf(text, answer ?? highlights[0] ?? null),
    })),
    versions: duplicates.slice(0, MOST_VERSIONS).map(({ id, title }) => ({ id, title: shortened(title) })),
  };
}

/** Hits for a model to read. */
export function hitsText(shown: HitShape[], omitted: number): string {
  const texts = shown.map(({ score, passages, versions, ...cited }, index) =>
    [
      `${index + 1}. (${score.toFixed(2)}) ${citationText(cited).join('\n')}`,
      ...versions.map(({ id, title }) => `also as: ${title ?? id} [document ${id}]`),
      ...passages.map(passageText),
    ].join('\n'),
  );
  const rest =
    omitted > 0 ? [`${omitted} more did not fit; ask for less with limit, or narrow the search down.`] : [];
  return [...texts, ...rest].join('\n\n');
}
