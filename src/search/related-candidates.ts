import { dot } from '../embedding/vector-math.js';
import type { Among, StoredIndex } from '../storage/stored-index.js';
import { evenly } from './alignment.js';
import type { SemanticLeg } from './legs.js';
import type { SourcePassage } from './related-source.js';
import { rankedByScore } from './semantic-leg.js';

/** Passages of a long document from which neighbours are sought, taken evenly from over the whole. */
const PROBES = 16;
/** Documents in all, for each that is sought from one passage: what a long document leads to would have no end. */
const DOCUMENTS_IN_ALL = 4;

export interface CandidateOptions {
  storage: StoredIndex;
  semantic: SemanticLeg;
  /** Only these documents. Null: all */
  among: Among | null;
}

/**
 * The documents to which the passages of a document lead, about so many from each passage, and in all the nearest of
 * them by their means: four times as many.
 *
 * @param mean of the passages' vectors
 */
export async function candidatesFromPassages(
  passages: SourcePassage[],
  mean: Float32Array,
  wanted: number,
  { storage, semantic, among }: CandidateOptions,
): Promise<number[]> {
  const found = new Set<number>();
  const leads = await Promise.all(
    evenly(passages, PROBES).map(({ vector }) => semantic.about(vector, wanted, among)),
  );
  for (const { document } of leads.flat()) found.add(document);
  const means = await storage.vectors.held.means(found);
  const nearness = new Map(Array.from(means, ([document, own]) => [document, dot(mean, own)]));
  return rankedByScore(nearness)
    .slice(0, wanted * DOCUMENTS_IN_ALL)
    .map(({ document }) => document);
}

/** More documents to which its mean alone leads, and what was found before. */
export async function moreCandidates(
  mean: Float32Array,
  known: number[],
  wanted: number,
  { semantic, among }: CandidateOptions,
): Promise<number[]> {
  const more = await semantic.about(mean, wanted, among);
  return [...new Set([...known, ...more.map(({ document }) => document)])];
}
