import hnswlib from 'hnswlib-node';

/** The raw answer of the vector index. */
export interface Neighbour {
  /** A passage's id. */
  id: number;
  /** Cosine of the two vectors, −1..1. */
  score: number;
}

/** Links of a node; hnswlib's own default. Memory and quality grow with it. */
const M = 16;
const EF_CONSTRUCTION = 200;
/** Candidates of a search at the least: recall@10 was 1.000 at 50 with 30,000 vectors. */
const EF = 100;
const SMALLEST_CAPACITY = 1_024;

enum Label {
  Absent = 0,
  Live = 1,
  Removed = 2,
}

/**
 * An HNSW graph (arXiv 1603.09320, hnswlib) over unit vectors, labelled with passage ids. A removed label is
 * only marked; neither it nor its place is used again.
 */
export class HnswGraph {
  readonly #graph: hnswlib.HierarchicalNSW;
  #labels: Uint8Array;
  #live = 0;
  #lastId = 0;

  private constructor(graph: hnswlib.HierarchicalNSW, labels: number[]) {
    this.#graph = graph;
    this.#lastId = labels.reduce((most, id) => Math.max(most, id), 0);
    this.#labels = new Uint8Array(Math.max(SMALLEST_CAPACITY, this.#lastId + 1));
    for (const id of labels) this.#labels[id] = Label.Live;
    this.#live = labels.length;
  }

  static empty(dimensions: number): HnswGraph {
    const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
    graph.initIndex({
      maxElements: SMALLEST_CAPACITY,
      m: M,
      efConstruction: EF_CONSTRUCTION,
      randomSeed: 100,
    });
    return new HnswGraph(graph, []);
  }

  /**
   * Reads a file that `write` wrote. hnswlib checks nothing and may end the process on a damaged file: the caller
   * knows by its hash that this is not one.
   * @param removed ids that were marked when it was written
   */
  static async read(path: string, dimensions: number, removed: Iterable<number>): Promise<HnswGraph> {
    const index = new hnswlib.HierarchicalNSW('ip', dimensions);
    await index.readIndex(path);
    const graph = new HnswGraph(index, index.getIdsList());
    for (const id of removed) graph.#forget(id);
    return graph;
  }

  write(path: string): Promise<boolean> {
    return this.#graph.writeIndex(path);
  }

  /** Vectors that a search can find. */
  get live(): number {
    return this.#live;
  }

  /** Vectors in memory, the marked ones included. */
  get size(): number {
    return this.#graph.getCurrentCount();
  }

  /** The greatest id that was ever added. */
  get lastId(): number {
    return this.#lastId;
  }

  add(id: number, vector: Float32Array): void {
    const capacity = this.#graph.getMaxElements();
    if (this.size === capacity) this.#graph.resizeIndex(Math.ceil(capacity * 1.5));
    this.#graph.addPoint(Array.from(vector), id);
    if (id >= this.#labels.length) {
      const grown = new Uint8Array(Math.ceil(id * 1.5) + 1);
      grown.set(this.#labels);
      this.#labels = grown;
    }
    this.#labels[id] = Label.Live;
    this.#live++;
    this.#lastId = Math.max(this.#lastId, id);
  }

  /** Marks a vector; one that is not there, or marked already, is left alone. */
  remove(id: number): void {
    if (this.#forget(id)) this.#graph.markDelete(id);
  }

  /**
   * The k nearest by cosine, best first; all there are where there are fewer.
   * @param ef candidates to look at; the last of the k are less often missed with more. Default: k, and 100 at least
   */
  search(vector: Float32Array, k: number, ef: number = k): Neighbour[] {
    const wanted = Math.min(k, this.#live);
    if (wanted === 0) return [];
    this.#graph.setEf(Math.max(EF, wanted, Math.min(ef, this.#live)));
    const { neighbors, distances } = this.#graph.searchKnn(Array.from(vector), wanted);
    return neighbors.map((id, index) => ({ id, score: 1 - (distances[index] ?? 1) }));
  }

  #forget(id: number): boolean {
    if (this.#labels[id] !== Label.Live) return false;
    this.#labels[id] = Label.Removed;
    this.#live--;
    return true;
  }
}
