import type { Storage } from '../storage/storage.js';
import { align, evenly, type PassagePair } from './alignment.js';
import type { RelatedPassage } from './answer.js';
import type { DocumentEvidence } from './document-evidence.js';
import type { RelatedSource } from './related-source.js';
import { round } from './searcher.js';

const PASSAGES_PER_HIT = 2;
/** Passages of each of two long documents among which the pairs are sought. */
const MOST_COMPARED = 200;

/**
 * For each of these related documents the passages that are nearest to any of the source's, each with the one that it
 * answers.
 */
export function relatingPassages(
  documents: number[],
  source: RelatedSource,
  storage: Storage,
  evidence: DocumentEvidence,
): Map<number, RelatedPassage[]> {
  const own = evenly(source.passages, MOST_COMPARED);
  const ownVectors = own.map(({ vector }) => vector);
  const pairs = new Map(
    documents.map((document): [number, (PassagePair & { id: number })[]] => {
      const other = evenly(evidence.passages(document), MOST_COMPARED);
      const alignment = align(
        ownVectors,
        other.map(({ vector }) => vector),
      );
      const nearest = alignment?.pairs.slice(0, PASSAGES_PER_HIT) ?? [];
      return [document, nearest.map((pair) => ({ ...pair, id: other[pair.other]?.id ?? 0 }))];
    }),
  );
  const shown = storage.documents.passagesById([...pairs.values()].flat().map(({ id }) => id));
  const relating = [...pairs].map(([document, nearest]): [number, RelatedPassage[]] => {
    const passages = nearest.flatMap((pair): RelatedPassage[] => {
      const passage = shown.get(pair.id);
      const answered = own[pair.own];
      if (!passage || !answered) return [];
      const { vector: _vector, ...of } = answered;
      return [{ ...passage, score: round(Math.max(0, pair.cosine)), highlights: [], answer: null, of }];
    });
    return [document, passages];
  });
  return new Map(relating);
}
