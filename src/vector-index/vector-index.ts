import { AkinError, errorMessage } from '../errors.js';
import { letOthersPass } from '../precedence.js';
import type { VectorStore } from '../storage/vector-store.js';
import { Turns } from '../turns.js';
import { HnswGraph, type Neighbour } from './hnsw-graph.js';
import { readSnapshot, writeSnapshot } from './snapshot.js';

/** How long insertion may hold the event loop before others get their turn. */
const SLICE_MS = 4;
/** A snapshot is written when this part of the graph, and at least so many, came since the last. */
const SNAPSHOT_SHARE = 0.25;
const SNAPSHOT_LEAST = 5_000;
/** With more marked than this, the graph is built anew from what is left. */
const REBUILD_SHARE = 0.2;
const REBUILD_LEAST = 256;
const READ_AT_ONCE = 512;

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
  readonly #dimensions: number;
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
    await index.#fill(graph, snapshot?.record.lastPassage ?? 0, Number.POSITIVE_INFINITY);
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
      await this.#fill(fresh, 0, this.#graph.lastId, () => {
        checkStopped();
        onProgress?.(fresh.size, total);
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

  /** Waits for what is under way and writes a snapshot where anything has changed. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#applying;
    if (this.#sinceSnapshot > 0) await this.#snapshot();
  }

  async #work(): Promise<void> {
    await this.#drain();
    if (this.#closed) return;
    const marked = this.#graph.size - this.#graph.live;
    const isMuch = marked >= REBUILD_LEAST && marked > this.#graph.size * REBUILD_SHARE;
    if (isMuch && this.#behind === null) await this.#renew();
    if (this.#sinceSnapshot < Math.max(SNAPSHOT_LEAST, this.#graph.size * SNAPSHOT_SHARE)) return;
    // A snapshot only spares the next start some work: without it nothing is lost.
    await this.#snapshot().catch((error: unknown) =>
      process.emitWarning(`No snapshot: ${errorMessage(error)}`),
    );
  }

  /** Applies the waiting changes, and those that come meanwhile. */
  async #drain(): Promise<void> {
    let sliceEnd = performance.now() + SLICE_MS;
    while (this.#waiting.length > 0) {
      const changes = this.#waiting;
      this.#waiting = [];
      for (const change of changes) {
        follow(this.#graph, change);
        this.#behind?.push(change);
        this.#sinceSnapshot++;
        this.#revision++;
        if (performance.now() < sliceEnd) continue;
        await letOthersPass();
        sliceEnd = performance.now() + SLICE_MS;
      }
    }
  }

  /** Builds a graph without the marked vectors, which takes the place of the present one; changes wait. */
  async #renew(): Promise<void> {
    const fresh = HnswGraph.empty(this.#dimensions);
    await this.#fill(fresh, 0, this.#graph.lastId);
    this.#replaceBy(fresh);
  }

  #replaceBy(fresh: HnswGraph): void {
    this.#graph = fresh;
    this.#revision++;
    this.#sinceSnapshot = Math.max(1, fresh.size);
  }

  async #fill(
    graph: HnswGraph,
    after: number,
    until: number,
    onRead: () => void = () => undefined,
  ): Promise<void> {
    let last = after;
    for (;;) {
      onRead();
      const rows = this.#vectors.after(last, READ_AT_ONCE);
      let sliceEnd = performance.now() + SLICE_MS;
      for (const { id, vector } of rows) {
        if (id > until) return;
        this.#check(id, vector);
        graph.add(id, vector);
        last = id;
        if (performance.now() < sliceEnd) continue;
        await letOthersPass();
        sliceEnd = performance.now() + SLICE_MS;
      }
      if (rows.length < READ_AT_ONCE) return;
    }
  }

  /** The graph takes whatever it is given, and finds nothing near to what is no number. */
  #check(id: number, vector: Float32Array): void {
    if (vector.length === this.#dimensions && vector.every(Number.isFinite)) return;
    throw new AkinError(
      'INDEX_DAMAGED',
      `The stored vector of passage ${id} is none. Run akin doctor --repair, then ingest again what it names.`,
    );
  }

  async #snapshot(): Promise<void> {
    // Removals that still wait are marked after it is loaded; those that are done need not be.
    const waiting = this.#waiting.filter((change) => 'remove' in change).length;
    const lastRemoval = this.#vectors.lastRemoval() - waiting;
    this.#sinceSnapshot = 0;
    await writeSnapshot(this.#folder, this.#vectors, this.#graph, lastRemoval);
  }
}

function follow(graph: HnswGraph, change: Change): void {
  if ('add' in change) graph.add(change.add, change.vector);
  else graph.remove(change.remove);
}
