import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dot } from '../../src/embedding/vector-math.js';
import { KeywordIndex } from '../../src/keyword-index/keyword-index.js';
import type { NewDocument } from '../../src/storage/document-store.js';
import { Storage } from '../../src/storage/storage.js';
import { VectorIndex } from '../../src/vector-index/vector-index.js';

/** Numbers from 0 to 1 that are the same for the same seed (a Weyl sequence, its bits mixed by multiplying). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** Unit vectors around a few centres, as texts of a few subjects give. */
export class Clusters {
  readonly #random: () => number;
  readonly #centres: Float32Array[];

  constructor(count: number, dimensions: number, random: () => number) {
    this.#random = random;
    this.#centres = Array.from({ length: count }, () =>
      Float32Array.from({ length: dimensions }, () => random() - 0.5),
    );
  }

  /** A vector of one of the clusters. */
  vector(cluster: number): Float32Array {
    const centre = this.#centres[cluster % this.#centres.length] ?? new Float32Array();
    const vector = centre.map((value) => value + (this.#random() - 0.5));
    const length = Math.sqrt(dot(vector, vector));
    return vector.map((value) => value / length);
  }
}

export interface MadeIndex {
  storage: Storage;
  index: VectorIndex;
  keywords: KeywordIndex;
  /** All vectors with the keys of their documents. */
  vectors: { document: number; vector: Float32Array }[];
  remove(): Promise<void>;
}

/**
 * An index of made documents in a temporary folder. `source` tells a document's cluster, `metadata.place` its place
 * in an order that has nothing to do with the clusters, and its text is one word in three.
 */
export async function madeIndex(
  documents: number,
  dimensions: number,
  clusters: Clusters,
  random: () => number,
): Promise<MadeIndex> {
  const folder = mkdtempSync(join(tmpdir(), 'akin-made-'));
  const storage = Storage.open(folder);
  const places = Array.from({ length: documents }, (_, place) => ({ place, by: random() })).sort(
    (a, b) => a.by - b.by,
  );
  const vectors: MadeIndex['vectors'] = [];
  storage.transaction(() => {
    for (const [number, { place }] of places.entries()) {
      const cluster = Math.floor(random() * 40);
      const own = Array.from({ length: 1 + Math.floor(random() * 5) }, () => clusters.vector(cluster));
      const { key } = storage.documents.put(newDocument(number, cluster, place, own));
      for (const vector of own) vectors.push({ document: key, vector });
    }
  });
  const index = await VectorIndex.open(folder, storage.vectors, dimensions);
  const keywords = await KeywordIndex.open(storage.termCounts);
  const remove = async (): Promise<void> => {
    await Promise.all([index.close(), keywords.close()]);
    storage.close();
    rmSync(folder, { recursive: true });
  };
  return { storage, index, keywords, vectors, remove };
}

function newDocument(number: number, cluster: number, place: number, vectors: Float32Array[]): NewDocument {
  const word = ['ferry', 'orchard', 'lighthouse'][number % 3] ?? '';
  const passages = vectors.map((vector, index) => {
    const start = index * (word.length + 1);
    return { start, end: start + word.length, page: null, heading: null, vector };
  });
  return {
    id: String(number),
    file: null,
    hash: String(number),
    text: vectors.map(() => word).join(' '),
    passages,
    fields: {
      title: null,
      url: null,
      source: `cluster ${cluster}`,
      author: null,
      publishedAt: null,
      language: null,
      tags: [],
      metadata: { place },
    },
  };
}
