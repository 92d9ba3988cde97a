import { join } from 'node:path';
import { loadPeer } from './install.js';

interface Graph {
  add(key: bigint, vector: Float32Array, threads: number): void;
  search(vector: Float32Array, k: number, threads: number): { keys: BigUint64Array };
  save(path: string): void;
  load(path: string): void;
}

interface GraphOptions {
  dimensions: number;
  metric: string;
  quantization: string;
  connectivity: number;
  expansion_add: number;
  expansion_search: number;
  multi: boolean;
}

type GraphClass = new (options: GraphOptions) => Graph;

/** usearch's HNSW with M, efConstruction and the metric of Akin's graph, 32-bit floats, on one thread. */
export class UsearchGraph {
  readonly #Graph: GraphClass;
  readonly #dimensions: number;
  readonly #file: string;
  #graph: Graph;
  #ef = 0;

  private constructor(Graph: GraphClass, dimensions: number, folder: string) {
    this.#Graph = Graph;
    this.#dimensions = dimensions;
    this.#file = join(folder, 'usearch.graph');
    this.#graph = this.#empty();
  }

  /** @param folder for a file of its own */
  static async empty(dimensions: number, folder: string): Promise<UsearchGraph> {
    const { Index } = await loadPeer<{ Index: GraphClass }>('usearch');
    return new UsearchGraph(Index, dimensions, folder);
  }

  add(label: number, vector: Float32Array): void {
    this.#graph.add(BigInt(label), vector, 1);
  }

  search(vector: Float32Array, k: number, ef: number): number[] {
    if (ef !== this.#ef) this.#setEf(ef);
    return Array.from(this.#graph.search(vector, k, 1).keys, Number);
  }

  /** A graph takes its ef when it is made: it is written and read again with another. */
  #setEf(ef: number): void {
    this.#graph.save(this.#file);
    this.#ef = ef;
    this.#graph = this.#empty();
    this.#graph.load(this.#file);
  }

  #empty(): Graph {
    return new this.#Graph({
      dimensions: this.#dimensions,
      metric: 'ip',
      quantization: 'f32',
      connectivity: 16,
      expansion_add: 200,
      expansion_search: this.#ef,
      multi: false,
    });
  }
}
