import type { Hit, HitPassage } from './answer.js';
import type { MarkedPassage } from './answer-marker.js';
import type { TextRange } from './highlight.js';

/** Passages of one answer in which the sentence is sought, at about 0.1 ms each. */
const MOST_PASSAGES = 100;

/**
 * Names in each passage the sentence that answers, for the first hundred passages. Where a passage has none of the
 * query's words, the sentence is its highlight too.
 *
 * @param answersIn gives for each passage the place of that sentence, or null
 */
export async function markAnswers(
  hits: Hit[],
  answersIn: (passages: MarkedPassage[]) => Promise<(TextRange | null)[]>,
): Promise<Hit[]> {
  const sought = hits.flatMap(({ document: { language }, passages }) =>
    passages.map(({ text }): MarkedPassage => ({ text, language })),
  );
  const answers = (await answersIn(sought.slice(0, MOST_PASSAGES))).values();
  return hits.map((hit) => {
    const passages = hit.passages.map((passage): HitPassage => {
      const answer = answers.next().value ?? null;
      const highlights = answer && passage.highlights.length === 0 ? [answer] : passage.highlights;
      return { ...passage, answer, highlights };
    });
    return { ...hit, passages };
  });
}
