import { createHash } from 'node:crypto';
import { errorCode } from '../errors.js';
import type { Filter } from '../filter.js';
import type { StoredIndex } from '../storage/stored-index.js';
import { inTurns, Turns } from '../turns.js';
import { MapDescription, type Place } from './describe-map.js';
import { LayoutWorker } from './layout-worker.js';
import type { DrawnMap, MapAnswer } from './map-answer.js';

/** Of a larger index, as many documents are on the map, evenly from all over the order of their ids. */
const MOST_DOCUMENTS = 100_000;
/** Read at once; a portion takes about a millisecond. */
const PORTION = 250;

/** A layout, and of what index. */
interface Drawing {
  revision: string;
  /** By the document's key. */
  places: Map<number, Place>;
}

/**
 * The map of an index: drawn when it is asked for, in a process of its own, and held until documents change. The one
 * that was drawn before serves until the next is there. Where documents stand is held by their keys alone: what an answer
 * says of them is read when it is asked for, as whoever asks sees it.
 */
export class DocumentMap {
  readonly #storage: StoredIndex;
  #drawing: Drawing | null = null;
  #underWay: { worker: LayoutWorker; done: number; work: Promise<void> } | null = null;
  #failure: unknown = null;
  #revision = { changes: -1, value: '' };
  /** The last answer for somebody who sees everything. */
  #answer: { name: string; answer: DrawnMap } | null = null;

  constructor(storage: StoredIndex) {
    this.#storage = storage;
  }

  /**
   * The map as it is, or how far it is. A failure to draw it is told to the first who asks afterwards; the next ask tries
   * again.
   * @param visible what whoever asks sees; null for everything
   */
  async answer(visible: Filter | null): Promise<MapAnswer> {
    const revision = await this.#currentRevision();
    const failure = this.#failure;
    this.#failure = null;
    if (failure) throw failure;
    if (this.#drawing?.revision !== revision) this.#start(revision);
    const drawing = this.#drawing;
    if (!drawing) return { status: 'drawing', done: this.#underWay?.done ?? 0 };
    const isBehind = drawing.revision !== revision;
    if (visible) return this.#describe(drawing, visible, isBehind);
    const name = `${drawing.revision} ${this.#storage.changes()}`;
    if (this.#answer?.name !== name) {
      this.#answer = { name, answer: await this.#describe(drawing, null, isBehind) };
    }
    return this.#answer.answer;
  }

  async close(): Promise<void> {
    await this.#underWay?.worker.close();
    await this.#underWay?.work;
  }

  #start(revision: string): void {
    if (this.#underWay) return;
    const worker = new LayoutWorker();
    const work = this.#draw(worker, revision)
      .catch((error: unknown) => {
        if (errorCode(error) !== 'CANCELLED') this.#failure = error;
      })
      .finally(async () => {
        this.#underWay = null;
        await worker.close();
      });
    this.#underWay = { worker, done: 0, work };
  }

  async #draw(worker: LayoutWorker, revision: string): Promise<void> {
    const turns = new Turns();
    const { documents } = await this.#storage.documents.counts();
    const step = Math.ceil(documents / MOST_DOCUMENTS);
    const keys: number[] = [];
    let [after, seen] = ['', 0];
    for (;;) {
      const portion = await this.#storage.map.vectors(after, PORTION);
      const taken = portion.filter((_, place) => (seen + place) % step === 0);
      keys.push(...taken.map(({ key }) => key));
      await worker.add(taken.map(({ vector }) => vector));
      await turns.rest();
      seen += portion.length;
      const last = portion.at(-1);
      if (!last) break;
      after = last.id;
    }
    const { points, clusters } = await worker.layOut((done) => {
      if (this.#underWay) this.#underWay.done = done;
    });
    const places = new Map<number, Place>();
    for (const [place, key] of keys.entries()) {
      const point = points[place];
      if (point) places.set(key, { ...point, cluster: clusters[place] ?? 0 });
    }
    this.#drawing = { revision, places };
  }

  async #describe({ places }: Drawing, filter: Filter | null, isBehind: boolean): Promise<DrawnMap> {
    const turns = new Turns();
    const description = new MapDescription();
    for (let after = ''; ; ) {
      const rows = await this.#storage.map.rows(after, PORTION, filter);
      for (const row of rows) description.add(row, places.get(row.key) ?? null);
      await turns.rest();
      const last = rows.at(-1);
      if (!last) return inTurns(description.finish(isBehind), turns);
      after = last.id;
    }
  }

  /** A name for what the map is drawn from: the same as long as no document's passages change. */
  async #currentRevision(): Promise<string> {
    const changes = this.#storage.changes();
    if (changes === this.#revision.changes) return this.#revision.value;
    const turns = new Turns();
    const hash = createHash('sha256').update((await this.#storage.fingerprint()) ?? '');
    for (let after = ''; ; ) {
      const states = await this.#storage.map.states(after, PORTION);
      for (const { key, lastPassage } of states) hash.update(`${key}/${lastPassage} `);
      await turns.rest();
      const last = states.at(-1);
      if (!last) break;
      after = last.id;
    }
    this.#revision = { changes, value: hash.digest('hex') };
    return this.#revision.value;
  }
}
