import { AkinError } from '../errors.js';
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
  dimensions: number;
  /** Vectors behind this passage. */
  after: number;
  /** Up to this one. Default: all */
  until?: number;
  /** Asked between slices. Default: never */
  isStopped?: () => boolean;
  /** Called before each reading of some vectors; what it throws ends the filling. */
  onRead?: () => void;
}

/**
 * Adds stored vectors to a graph, in slices between which the event loop serves others.
 * @throws AkinError INDEX_DAMAGED where one is none
 */
export async function fillGraph(
  graph: HnswGraph,
  vectors: StoredVectors,
  {
    dimensions,
    after,
    until = Number.POSITIVE_INFINITY,
    isStopped = () => false,
    onRead = () => undefined,
  }: FillOptions,
): Promise<void> {
  let last = after;
  for (;;) {
    onRead();
    const rows = vectors.after(last, READ_AT_ONCE);
    let sliceEnd = performance.now() + SLICE_MS;
    for (const { id, vector } of rows) {
      if (id > until) return;
      checkVector(id, vector, dimensions);
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

/** The graph takes whatever it is given, and finds nothing near to what is no number. */
function checkVector(id: number, vector: Float32Array, dimensions: number): void {
  if (vector.length === dimensions && vector.every(Number.isFinite)) return;
  throw new AkinError(
    'INDEX_DAMAGED',
    `The stored vector of passage ${id} is none. Run akin doctor --repair, then ingest again what it names.`,
  );
}
