import type { Among, StoredVectors } from '../storage/stored-index.js';
import type { SemanticLeg } from './legs.js';

/** What the whole document counts for beside its best passage: an article on the subject, not only a sentence. */
const WHOLE_SHARE = 0.3;

export interface NearnessOptions {
  /** How many documents are wanted of the nearest; more may come. */
  wanted: number;
  /** The documents that may be found; null for all. */
  among: Among | null;
  semantic: SemanticLeg;
  vectors: StoredVectors;
}

/**
 * How near documents are to a query: the cosine of the best passage, and of the mean of all passages. Those nearest by
 * their best passage are there, and the others that are named.
 *
 * @param vector of length 1
 * @param others more documents, by key
 */
export async function nearnessOf(
  vector: Float32Array,
  others: number[],
  { wanted, among, semantic, vectors }: NearnessOptions,
): Promise<Map<number, number>> {
  const best = new Map(await semantic.nearest(vector, wanted, among));
  const missing = others.filter((document) => !best.has(document));
  for (const [document, cosine] of await vectors.held.bestCosines(vector, missing))
    best.set(document, cosine);
  const means = await vectors.held.meanCosines(vector, best.keys());
  return new Map(
    Array.from(best, ([document, cosine]) => {
      const whole = means.get(document) ?? cosine;
      return [document, (1 - WHOLE_SHARE) * cosine + WHOLE_SHARE * whole];
    }),
  );
}
