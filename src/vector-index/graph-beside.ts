import type { VectorStore } from '../storage/vector-store.js';
import { fillGraph, type StoredVectors } from './fill-graph.js';
import { HnswGraph } from './hnsw-graph.js';

/** A graph of other vectors that grows beside the one that serves, until it takes its place. */
export class GraphBeside {
  readonly #graph: HnswGraph;
  readonly #dimensions: number;
  readonly #source: StoredVectors;
  readonly #vectors: VectorStore;
  readonly #take: (graph: HnswGraph) => void;
  /** What was removed after this is still in the graph. */
  readonly #firstRemoval: number;

  constructor(
    source: StoredVectors,
    dimensions: number,
    { vectors, take }: { vectors: VectorStore; take: (graph: HnswGraph) => void },
  ) {
    this.#graph = HnswGraph.empty(dimensions);
    this.#dimensions = dimensions;
    this.#source = source;
    this.#vectors = vectors;
    this.#take = take;
    this.#firstRemoval = vectors.lastRemoval();
  }

  /** The last passage in it. */
  get last(): number {
    return this.#graph.lastId;
  }

  /** Adds what has come since the last time. */
  follow(): Promise<void> {
    return fillGraph(this.#graph, this.#source, { dimensions: this.#dimensions, after: this.last });
  }

  /** Serves from now on. The source's vectors must be the stored ones by now. */
  takePlace(): void {
    for (const { passage } of this.#vectors.removalsAfter(this.#firstRemoval)) this.#graph.remove(passage);
    this.#take(this.#graph);
  }
}
