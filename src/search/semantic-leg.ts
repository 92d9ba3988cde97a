import type { Storage } from '../storage/storage.js';
import type { VectorIndex } from '../vector-index/vector-index.js';
import type { Scored } from './fuse.js';
import type { SemanticLeg } from './legs.js';
import { planNearest } from './plan-nearest.js';

/** Passages asked for for each document wanted, where about so many are; several are often of one document. */
const PASSAGES_PER_DOCUMENT = 3;

/** The semantic leg over an HNSW graph in memory. */
export class GraphLeg implements SemanticLeg {
  readonly #storage: Storage;
  readonly #index: VectorIndex;

  constructor(storage: Storage, index: VectorIndex) {
    this.#storage = storage;
    this.#index = index;
  }

  get size(): number {
    return this.#index.size;
  }

  get revision(): number {
    return this.#index.revision;
  }

  nearest(vector: Float32Array, wanted: number, among: number[] | null): Map<number, number> {
    return bestPassageScores(vector, wanted, { storage: this.#storage, index: this.#index, among });
  }

  about(vector: Float32Array, wanted: number, among: number[] | null): Scored[] {
    if (among !== null) return rankedByScore(this.nearest(vector, wanted, among)).slice(0, wanted);
    const k = Math.min(wanted * PASSAGES_PER_DOCUMENT, this.#index.size);
    const neighbours = this.#index.search(vector, k);
    // The graph has not reached all that there is, which can happen where texts are nearly the same.
    if (neighbours.length < k) return rankedByScore(this.nearest(vector, wanted, null)).slice(0, wanted);
    const best = new Map<number, number>();
    // Often half of them hold as many documents as are wanted, and the rest need not be looked up.
    const atOnce = Math.ceil(neighbours.length / 2);
    for (let first = 0; first < neighbours.length && best.size < wanted; first += atOnce) {
      const part = neighbours.slice(first, first + atOnce);
      const documents = this.#storage.vectors.documentsOf(part.map(({ id }) => id));
      for (const [place, { score }] of part.entries()) {
        const document = documents[place] ?? 0;
        if (document !== 0 && !best.has(document) && best.size < wanted) best.set(document, score);
      }
    }
    return [...best].map(([document, score]) => ({ document, score }));
  }

  passages(vector: Float32Array, k: number): number[] {
    return this.#index.search(vector, k).map(({ id }) => id);
  }
}

export interface NearestOptions {
  storage: Storage;
  index: VectorIndex;
  /** Only these documents, by key. Default: all */
  among?: number[] | null;
}

/** The documents nearest to a vector by their best passage, best first. As many as wanted come if there are so many. */
export function nearestDocuments(vector: Float32Array, wanted: number, options: NearestOptions): Scored[] {
  return rankedByScore(bestPassageScores(vector, wanted, options));
}

/** The same with the cosine of each one's best passage, in no order. */
export function bestPassageScores(
  vector: Float32Array,
  wanted: number,
  { storage, index, among = null }: NearestOptions,
): Map<number, number> {
  const { vectors } = storage;
  const { size } = index;
  const allowed = among && new Set(among);
  const passing = among ? vectors.countOfDocuments(among) : size;
  const reachable = Math.min(wanted, allowed?.size ?? wanted);
  for (let tried = 0; ; ) {
    const plan = planNearest({ size, passing, wanted: reachable, tried });
    if (plan.way === 'exact') return vectors.cosines(vector, among);
    const neighbours = index.search(vector, plan.k, plan.ef);
    // Fewer than there are: the graph has not reached the rest, however much was found.
    if (neighbours.length < plan.k) return vectors.cosines(vector, among);
    const documents = vectors.documentsOf(neighbours.map(({ id }) => id));
    const best = new Map<number, number>();
    // Best first, so that a document's first passage is its best.
    for (let place = 0; place < neighbours.length; place++) {
      const document = documents[place] ?? 0;
      if (document === 0 || best.has(document) || (allowed && !allowed.has(document))) continue;
      best.set(document, neighbours[place]?.score ?? 0);
    }
    if (best.size >= reachable) return best;
    tried = plan.k;
  }
}

/** Best first; documents that score the same keep one order. */
export function rankedByScore(scores: Map<number, number>): Scored[] {
  return Array.from(scores, ([document, score]) => ({ document, score })).sort(
    (a, b) => b.score - a.score || a.document - b.document,
  );
}
