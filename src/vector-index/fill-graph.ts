import { letOthersPass } from '../precedence.js';
import type { HnswGraph } from './hnsw-graph.js';

/** How long insertion may hold the event loop before others get their turn. */
export const SLICE_MS = 4;
const READ_AT_ONCE = 512;

/** Where vectors come from, in the order of their passages' ids. */
export interface StoredVectors {
  after(after: number, limit: number): { id: number; vector: Float32Array }[];
}

export interface FillOptions {
  /** Vectors behind this passage. */
  after: number;
  /** Up to this one. Default: all */
  until?: number;
  /** Asked between slices. Default: never */
  isStopped?: () => boolean;
}

/** Adds stored vectors to a graph, in slices between which the event loop serves others. */
export async function fillGraph(
  graph: HnswGraph,
  vectors: StoredVectors,
  { after, until = Number.POSITIVE_INFINITY, isStopped = () => false }: FillOptions,
): Promise<void> {
  let last = after;
  for (;;) {
    const rows = vectors.after(last, READ_AT_ONCE);
    let sliceEnd = performance.now() + SLICE_MS;
    for (const { id, vector } of rows) {
      if (id > until) return;
      graph.add(id, vector);
      last = id;
      if (performance.now() < sliceEnd) continue;
      await letOthersPass();
      if (isStopped()) return;
      sliceEnd = performance.now() + SLICE_MS;
    }
    if (rows.length < READ_AT_ONCE) return;
  }
}
