import { AkinError, errorMessage } from '../errors.js';
import { letOthersPass } from '../precedence.js';
import type { VectorStore } from '../storage/vector-store.js';
import { Turns } from '../turns.js';
import { fillGraph, SLICE_MS, type StoredVectors } from './fill-graph.js';
import { GraphBeside } from './graph-beside.js';
import { HnswGraph, type Neighbour } from './hnsw-graph.js';
import { readSnapshot, writeSnapshot } from './snapshot.js';

/** A snapshot is written when this part of the graph, and at least so many, came since the last. */
const SNAPSHOT_SHARE = 0.25;
const SNAPSHOT_LEAST = 5_000;
/**
 * With more marked than this part, the graph is built anew from what is left: what is marked still is on the way to the
 * rest, and where it was much alike, the rest is not reached. A removal costs a few insertions on average.
 */
const REBUILD_SHARE = 0.2;

/** How a rebuilding is followed. */
export interface RebuildOptions {
  /** Told how many vectors of how many are in the new graph. */
  onProgress?: (done: number, total: number) => void;
  /** Asked again and again; the graph that serves stays when it says so. */
  isStopped?: () => boolean;
}

type Change = { add: number; vector: Float32Array } | { remove: number };

/**
 * The vector index: an HNSW graph in memory that follows the vectors in SQLite. Changes are applied in order, in
 * slices between which the event loop serves others.
 */
export class VectorIndex {
  readonly #folder: string;
  readonly #vectors: VectorStore;
  #dimensions: number;
  #graph: HnswGraph;
  #waiting: Change[] = [];
  #applying: Promise<void> = Promise.resolve();
  #sinceSnapshot = 0;
  #closed = false;
  #revision = 0;
  /** What a graph that is being built beside this one has still to follow; null where none is. */
  #behind: Change[] | null = null;

  private constructor(folder: string, vectors: VectorStore, dimensions: number, graph: HnswGraph) {
    this.#folder = folder;
    this.#vectors = vectors;
    this.#dimensions = dimensions;
    this.#graph = graph;
  }

  /** Loads the snapshot and what came after it; without a sound one, builds the graph from all stored vectors. */
  static async open(folder: string, vectors: VectorStore, dimensions: number): Promise<VectorIndex> {
    const snapshot = await readSnapshot(folder, vectors, dimensions);
    const graph = snapshot?.graph ?? HnswGraph.empty(dimensions);
    const index = new VectorIndex(folder, vectors, dimensions, graph);
    for (const { passage } of vectors.removalsAfter(snapshot?.record.lastRemoval ?? 0)) graph.remove(passage);
    const before = graph.size;
    await fillGraph(graph, vectors, { dimensions, after: snapshot?.record.lastPassage ?? 0 });
    index.#sinceSnapshot = graph.size - before;
    return index;
  }

  get size(): number {
    return this.#graph.live;
  }

  /** Grows with every change that searches see. */
  get revision(): number {
    return this.#revision;
  }

  /** Follows what a write changed; resolves when searches see it. */
  apply(added: { id: number; vector: Float32Array }[], removed: number[]): Promise<void> {
    for (const id of removed) this.#waiting.push({ remove: id });
    for (const { id, vector } of added) this.#waiting.push({ add: id, vector });
    return this.#inTurn(() => this.#work());
  }

  /** Does something when all that came before is done. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#applying.then(work);
    // Whoever asked learns of a failure; what comes after it has its own turn.
    this.#applying = done.catch(() => undefined);
    return done;
  }

  /**
   * The k nearest passages by cosine, best first.
   * @param ef candidates to look at. Default: k, and 100 at least
   */
  search(vector: Float32Array, k: number, ef?: number): Neighbour[] {
    return this.#graph.search(vector, k, ef);
  }

  /**
   * Builds the graph anew from the stored vectors, beside the present one, which serves and follows changes meanwhile;
   * then writes its snapshot. Nothing of a vector that is gone is left, in memory or on the disk.
   * @throws AkinError CANCELLED when it is stopped, or the index closed
   */
  async rebuild({ onProgress, isStopped = () => false }: RebuildOptions = {}): Promise<void> {
    if (this.#behind !== null) throw new AkinError('CANCELLED', 'The vector index is being rebuilt already.');
    const checkStopped = (): void => {
      if (this.#closed || isStopped()) throw new AkinError('CANCELLED', 'The rebuilding was stopped.');
    };
    const behind: Change[] = [];
    this.#behind = behind;
    try {
      const lastRemoval = this.#vectors.lastRemoval();
      const fresh = HnswGraph.empty(this.#dimensions);
      const total = this.#vectors.count();
      await fillGraph(fresh, this.#vectors, {
        dimensions: this.#dimensions,
        after: 0,
        until: this.#graph.lastId,
        onRead: () => {
          checkStopped();
          onProgress?.(fresh.size, total);
        },
      });
      await this.#inTurn(async () => {
        checkStopped();
        const turns = new Turns();
        for (const change of behind) {
          follow(fresh, change);
          await turns.rest();
        }
        this.#replaceBy(fresh);
        await this.#snapshot();
        this.#vectors.forgetRemovals(lastRemoval);
      });
    } finally {
      this.#behind = null;
    }
  }

  /** Writes a snapshot in which no vector is that is gone; the graph is built anew only where one is in it. */
  async purge(options: RebuildOptions = {}): Promise<void> {
    if (this.#graph.size > this.#graph.live || this.#waiting.length > 0) await this.rebuild(options);
    else await this.#inTurn(() => this.#snapshot());
  }

  /** A graph of other vectors, of the same passages, that takes the place of this one's when it is told to. */
  beside(source: StoredVectors, dimensions: number): GraphBeside {
    const take = (graph: HnswGraph): void => {
      // What waits is in the new graph already, as it is in the database.
      this.#waiting = [];
      this.#dimensions = dimensions;
      this.#replaceBy(graph);
    };
    return new GraphBeside(source, dimensions, { vectors: this.#vectors, take });
  }

  /** Waits for what is under way and writes a snapshot where anything has changed. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#applying;
    if (this.#sinceSnapshot > 0) await this.#trySnapshot();
  }

  async #work(): Promise<void> {
    await this.#drain();
    if (this.#closed) return;
    const marked = this.#graph.size - this.#graph.live;
    const isMuch = marked > this.#graph.size * REBUILD_SHARE;
    if (isMuch && this.#behind === null) await this.#renew();
    if (this.#sinceSnapshot < Math.max(SNAPSHOT_LEAST, this.#graph.size * SNAPSHOT_SHARE)) return;
    await this.#trySnapshot();
  }

  /** Applies the waiting changes, and those that come meanwhile. */
  async #drain(): Promise<void> {
    let sliceEnd = performance.now() + SLICE_MS;
    while (this.#waiting.length > 0) {
      const changes = this.#waiting;
      const graph = this.#graph;
      this.#waiting = [];
      for (const change of changes) {
        follow(graph, change);
        this.#behind?.push(change);
        this.#sinceSnapshot++;
        this.#revision++;
        if (performance.now() < sliceEnd) continue;
        await letOthersPass();
        // Another graph, which has all of these, took its place meanwhile.
        if (graph !== this.#graph) break;
        sliceEnd = performance.now() + SLICE_MS;
      }
    }
  }

  /** Builds a graph without the marked vectors, which takes the place of the present one; changes wait. */
  async #renew(): Promise<void> {
    const former = this.#graph;
    const fresh = HnswGraph.empty(this.#dimensions);
    const isStopped = (): boolean => this.#graph !== former;
    const range = { dimensions: this.#dimensions, after: 0, until: former.lastId };
    await fillGraph(fresh, this.#vectors, { ...range, isStopped });
    if (!isStopped()) this.#replaceBy(fresh);
  }

  #replaceBy(fresh: HnswGraph): void {
    this.#graph = fresh;
    this.#revision++;
    this.#sinceSnapshot = Math.max(1, fresh.size);
  }

  /** A snapshot only spares the next start some work: without it nothing is lost. */
  async #trySnapshot(): Promise<void> {
    try {
      await this.#snapshot();
    } catch (error) {
      process.emitWarning(`The vector index is made anew at the next start: ${errorMessage(error)}`);
    }
  }

  async #snapshot(): Promise<void> {
    // Removals that still wait are marked after it is loaded; those that are done need not be.
    const waiting = this.#waiting.filter((change) => 'remove' in change).length;
    const lastRemoval = this.#vectors.lastRemoval() - waiting;
    this.#sinceSnapshot = 0;
    const graph = this.#graph;
    const isCurrent = (): boolean => this.#graph === graph;
    await writeSnapshot(this.#folder, this.#vectors, { graph, lastRemoval, isCurrent });
  }
}

function follow(graph: HnswGraph, change: Change): void {
  if ('add' in change) graph.add(change.add, change.vector);
  else graph.remove(change.remove);
}
