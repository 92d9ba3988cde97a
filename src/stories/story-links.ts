import { dot } from '../embedding/vector-math.js';
import type { StoredVectors } from '../storage/stored-index.js';
import { Turns } from '../turns.js';
import { areInOneWindow, type StoryLink } from './cluster.js';
import { NearestList } from './nearest-list.js';

/** A document whose links are sought. */
export interface LinkedDocument {
  key: number;
  id: string;
  /** Another one means that the document has changed. */
  state: string;
  time: number | null;
}

/** Of pairs of news, most that are as near as this by their means tell of one event. */
export const STORY_COSINE = 0.7;
const READ_AT_ONCE = 64;

interface Known {
  document: LinkedDocument;
  mean: Float32Array;
  near: NearestList;
}

/** Which documents are near enough to be of one story: every pair compared once, and again only when one changes. */
export class StoryLinks {
  readonly #vectors: StoredVectors;
  readonly #known = new Map<number, Known>();
  readonly #turns = new Turns();

  constructor(vectors: StoredVectors) {
    this.#vectors = vectors;
  }

  /** The links between these documents, by their places; a document without passages has none. */
  async between(documents: LinkedDocument[]): Promise<StoryLink[]> {
    const states = new Map(documents.map(({ key, state }) => [key, state]));
    const gone = [...this.#known.values()].filter(
      ({ document }) => states.get(document.key) !== document.state,
    );
    for (const { document } of gone) this.#known.delete(document.key);
    await this.#refill(new Set(gone.map(({ document }) => document.key)));
    await this.#add(documents.filter(({ key }) => !this.#known.has(key)));

    const places = new Map(documents.map(({ key }, place) => [key, place]));
    const links = new Map<string, StoryLink>();
    for (const [one, { key }] of documents.entries()) {
      for (const { key: otherKey, cosine } of this.#known.get(key)?.near.values() ?? []) {
        const other = places.get(otherKey);
        if (other === undefined) continue;
        const ends = { one: Math.min(one, other), other: Math.max(one, other) };
        links.set(`${ends.one}/${ends.other}`, { ...ends, cosine });
      }
    }
    return [...links.values()];
  }

  /** Lists that may have left out for a document that is gone what would stand in its place are made anew. */
  async #refill(gone: Set<number>): Promise<void> {
    if (gone.size === 0) return;
    for (const known of this.#known.values()) {
      if (known.near.remove(gone)) continue;
      known.near = new NearestList();
      for (const other of this.#known.values()) if (other !== known) this.#offer(known, other);
      await this.#turns.rest();
    }
  }

  async #add(documents: LinkedDocument[]): Promise<void> {
    for (let first = 0; first < documents.length; first += READ_AT_ONCE) {
      const batch = documents.slice(first, first + READ_AT_ONCE);
      const means = await this.#vectors.held.means(batch.map(({ key }) => key));
      for (const document of batch) {
        const mean = means.get(document.key);
        if (!mean) continue;
        const added = { document, mean, near: new NearestList() };
        for (const other of this.#known.values()) {
          const cosine = this.#offer(added, other);
          if (cosine !== null) other.near.add({ key: document.key, id: document.id, cosine });
        }
        this.#known.set(document.key, added);
        await this.#turns.rest();
      }
    }
  }

  /** Adds one document to the list of another if they are near enough; gives their cosine then. */
  #offer(to: Known, { document, mean }: Known): number | null {
    if (!areInOneWindow(to.document.time, document.time)) return null;
    const cosine = dot(to.mean, mean);
    if (cosine < STORY_COSINE) return null;
    to.near.add({ key: document.key, id: document.id, cosine });
    return cosine;
  }
}
