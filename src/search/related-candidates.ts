import type { Storage } from '../storage/storage.js';
import type { VectorIndex } from '../vector-index/vector-index.js';
import { evenly } from './alignment.js';
import type { DocumentEvidence } from './document-evidence.js';
import type { SourcePassage } from './related-source.js';
import { nearestDocuments } from './semantic-leg.js';

/** Passages of a long document from which neighbours are sought, taken evenly from over the whole. */
const PROBES = 16;
/** Passages asked for for each document wanted; several are often of one document. */
const PASSAGES_PER_DOCUMENT = 3;

export interface CandidateOptions {
  storage: Storage;
  index: VectorIndex;
  evidence: DocumentEvidence;
  /** Only these documents, by key. Null: all */
  among: number[] | null;
}

/** The documents to which a document's mean and its passages lead, about so many from each. */
export function candidatesFromPassages(
  mean: Float32Array,
  passages: SourcePassage[],
  wanted: number,
  options: CandidateOptions,
): number[] {
  const vectors = evenly(passages, PROBES).map(({ vector }) => vector);
  // The mean of one passage is that passage.
  const probes = vectors.length === 1 ? vectors : [mean, ...vectors];
  return [...new Set(probes.flatMap((probe) => nearest(probe, wanted, options)))];
}

/** More documents to which its mean alone leads, and what was found before. */
export function moreCandidates(
  mean: Float32Array,
  known: number[],
  wanted: number,
  options: CandidateOptions,
): number[] {
  return [...new Set([...known, ...nearest(mean, wanted, options)])];
}

function nearest(
  vector: Float32Array,
  wanted: number,
  { storage, index, evidence, among }: CandidateOptions,
): number[] {
  if (among !== null) {
    const found = nearestDocuments(vector, wanted, { storage, index, among });
    return found.slice(0, wanted).map(({ document }) => document);
  }
  const ids = index.search(vector, wanted * PASSAGES_PER_DOCUMENT).map(({ id }) => id);
  const documents = evidence.documentsOf(ids);
  return [...new Set(ids.flatMap((id) => documents.get(id) ?? []))].slice(0, wanted);
}
