import type { Storage } from '../storage/storage.js';
import { align, evenly } from './alignment.js';
import type { RelatedPassage } from './answer.js';
import type { DocumentEvidence } from './document-evidence.js';
import type { RelatedSource } from './related-source.js';
import { round } from './searcher.js';

const PASSAGES_PER_HIT = 2;
/** Passages of each of two long documents among which the pairs are sought. */
const MOST_COMPARED = 200;

/** The passages of a related document that are nearest to any of the source's, each with the one that it answers. */
export function relatingPassages(
  document: number,
  source: RelatedSource,
  storage: Storage,
  evidence: DocumentEvidence,
): RelatedPassage[] {
  const own = evenly(source.passages, MOST_COMPARED);
  const other = evenly(evidence.passages(document), MOST_COMPARED);
  const alignment = align(
    own.map(({ vector }) => vector),
    other.map(({ vector }) => vector),
  );
  const pairs = alignment?.pairs.slice(0, PASSAGES_PER_HIT) ?? [];
  const passages = new Map(storage.documents.passages(document).map((passage) => [passage.id, passage]));
  return pairs.flatMap((pair): RelatedPassage[] => {
    const passage = passages.get(other[pair.other]?.id ?? 0);
    const answered = own[pair.own];
    if (!passage || !answered) return [];
    const { vector: _vector, ...of } = answered;
    return [{ ...passage, score: round(Math.max(0, pair.cosine)), highlights: [], answer: null, of }];
  });
}
