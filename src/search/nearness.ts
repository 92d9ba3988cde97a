import { dot } from '../embedding/vector-math.js';
import { type NearestOptions, nearestDocuments } from './semantic-leg.js';

/** What the whole document counts for beside its best passage: an article on the subject, not only a sentence. */
const WHOLE_SHARE = 0.3;

/**
 * How near documents are to a query: the cosine of the best passage, and of the mean of all passages. Those nearest by
 * their best passage are there, and the others that are named.
 *
 * @param vector of length 1
 * @param others more documents, by key
 */
export function nearnessOf(
  vector: Float32Array,
  others: number[],
  { wanted, ...options }: NearestOptions & { wanted: number },
): Map<number, number> {
  const { vectors } = options.storage;
  const best = new Map(
    nearestDocuments(vector, wanted, options).map(({ document, score }) => [document, score]),
  );
  const missing = others.filter((document) => !best.has(document));
  for (const [document, cosine] of vectors.held.bestCosines(vector, missing)) best.set(document, cosine);
  const means = vectors.held.means(best.keys());
  return new Map(
    Array.from(best, ([document, cosine]) => {
      const mean = means.get(document);
      const whole = mean ? dot(vector, mean) : cosine;
      return [document, (1 - WHOLE_SHARE) * cosine + WHOLE_SHARE * whole];
    }),
  );
}
