import type { StoredIndex } from '../storage/stored-index.js';
import type { RelatedPassage } from './answer.js';
import { round } from './score.js';
import type { SourceAlignment } from './source-alignment.js';

const PASSAGES_PER_HIT = 2;
/** Passages of each of two long documents among which the pairs are sought. */
const MOST_COMPARED = 200;

/**
 * For each of these related documents the passages that are nearest to any of the source's, each with the one that it
 * answers.
 */
export async function relatingPassages(
  documents: number[],
  source: SourceAlignment,
  storage: StoredIndex,
): Promise<Map<number, RelatedPassage[]>> {
  const pairs = documents.flatMap((document) => {
    const { own, other, alignment } = source.beside(document, MOST_COMPARED);
    const nearest = alignment?.pairs.slice(0, PASSAGES_PER_HIT) ?? [];
    return nearest.map((pair) => ({
      document,
      answered: own[pair.own],
      passage: other[pair.other]?.id ?? 0,
      cosine: pair.cosine,
    }));
  });
  const shown = await storage.documents.passagesById(pairs.map(({ passage }) => passage));
  const relating = new Map(documents.map((document): [number, RelatedPassage[]] => [document, []]));
  for (const { document, answered, passage: id, cosine } of pairs) {
    const passage = shown.get(id);
    if (!passage || !answered) continue;
    const { vector: _vector, ...of } = answered;
    const score = round(Math.max(0, cosine));
    relating.get(document)?.push({ ...passage, score, highlights: [], answer: null, of });
  }
  return relating;
}
