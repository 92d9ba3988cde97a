import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dot } from '../../src/embedding/vector-math.js';
import type { StoredChange } from '../../src/storage/document-store.js';
import { Storage } from '../../src/storage/storage.js';
import { VectorIndex } from '../../src/vector-index/vector-index.js';

const DIMENSIONS = 32;

/** Vectors around a few centres, as texts of a few subjects give; the same for the same seed. */
function clustered(count: number, seed: number): Float32Array[] {
  let state = seed;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648 - 0.5;
  };
  const centres = Array.from({ length: 12 }, () => Float32Array.from({ length: DIMENSIONS }, random));
  return Array.from({ length: count }, (_, index) => {
    const vector = (centres[index % 12] ?? new Float32Array()).map((value) => value + random());
    const length = Math.sqrt(dot(vector, vector));
    return vector.map((value) => value / length);
  });
}

function storageWith(
  vectors: Float32Array[],
  id = 'd',
): { storage: Storage; folder: string; change: StoredChange } {
  const folder = mkdtempSync(join(tmpdir(), 'akin-vectors-'));
  const storage = Storage.open(folder);
  onTestFinished(() => {
    storage.close();
    rmSync(folder, { recursive: true });
  });
  return { storage, folder, change: put(storage, id, vectors) };
}

function put(storage: Storage, id: string, vectors: Float32Array[]): StoredChange {
  const fields = {
    title: null,
    url: null,
    source: null,
    author: null,
    publishedAt: null,
    language: null,
    tags: [],
    metadata: {},
  };
  const passages = vectors.map((vector, index) => ({
    start: index * 2,
    end: index * 2 + 1,
    page: null,
    heading: null,
    vector,
  }));
  return storage.documents.put({
    id,
    file: null,
    fields,
    text: 'x '.repeat(vectors.length).trim(),
    hash: id + vectors.length,
    passages,
  });
}

function exact(vectors: Map<number, Float32Array>, query: Float32Array, k: number): number[] {
  return [...vectors]
    .map(([id, vector]) => ({ id, score: dot(vector, query) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, k)
    .map(({ id }) => id);
}

function recall(index: VectorIndex, vectors: Map<number, Float32Array>, queries: Float32Array[]): number {
  const shares = queries.map((query) => {
    const truth = new Set(exact(vectors, query, 10));
    return index.search(query, 10).filter(({ id }) => truth.has(id)).length / truth.size;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

const byId = ({ added }: StoredChange): Map<number, Float32Array> =>
  new Map(added.map(({ id, vector }) => [id, vector]));

describe('the vector index', () => {
  it('finds what exact search finds, with the same cosines', async () => {
    const { storage, folder, change } = storageWith(clustered(3_000, 1));
    const index = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    const queries = clustered(50, 2);
    expect(recall(index, byId(change), queries)).toBeGreaterThanOrEqual(0.98);
    for (const { id, score } of index.search(queries[0] ?? new Float32Array(), 5)) {
      expect(score).toBeCloseTo(
        dot(byId(change).get(id) ?? new Float32Array(), queries[0] ?? new Float32Array()),
        4,
      );
    }
    await index.close();
  });

  it('follows changes, and never finds what was removed', async () => {
    const { storage, folder } = storageWith([]);
    const index = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    const kept = put(storage, 'kept', clustered(400, 3));
    const gone = put(storage, 'gone', clustered(400, 4));
    await Promise.all([index.apply(kept.added, []), index.apply(gone.added, [])]);
    expect(index.size).toBe(800);
    await index.apply([], storage.documents.remove('gone')?.removed ?? []);
    expect(index.size).toBe(400);
    const found = clustered(30, 4).flatMap((query) => index.search(query, 50).map(({ id }) => id));
    expect(found.filter((id) => !byId(kept).has(id))).toEqual([]);
    expect(recall(index, byId(kept), clustered(30, 5))).toBeGreaterThanOrEqual(0.98);
    await index.close();
  });

  it('is loaded from its snapshot with what came and went since', async () => {
    const { storage, folder, change } = storageWith(clustered(500, 6));
    await (await VectorIndex.open(folder, storage.vectors, DIMENSIONS)).close();
    const recorded = storage.vectors.snapshot();
    expect(recorded).toMatchObject({ labels: 500, lastRemoval: 0 });
    put(storage, 'late', clustered(100, 7));
    const removed = storage.documents.remove('d')?.removed ?? [];
    const again = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    expect(removed).toHaveLength(change.added.length);
    expect(again.size).toBe(100);
    await again.close();
    const third = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    expect(third.size).toBe(100);
    expect(readdirSync(folder).filter((name) => name.endsWith('.hnsw'))).toHaveLength(1);
    await third.close();
  });

  it.each([
    ['missing', (path: string) => rmSync(path)],
    ['cut short', (path: string) => truncateSync(path, 5_000)],
    ['empty', (path: string) => truncateSync(path, 0)],
    [
      'changed in one bit',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
        writeFileSync(path, bytes);
      },
    ],
    ['something else', (path: string) => writeFileSync(path, 'not a graph')],
  ])('is built from the stored vectors where the snapshot is %s', async (_what, damage) => {
    const { storage, folder, change } = storageWith(clustered(300, 8));
    await (await VectorIndex.open(folder, storage.vectors, DIMENSIONS)).close();
    damage(join(folder, storage.vectors.snapshot()?.file ?? ''));
    const index = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    expect(index.size).toBe(300);
    expect(recall(index, byId(change), clustered(20, 9))).toBeGreaterThanOrEqual(0.98);
    await index.close();
  });

  it('is built anew without the marked vectors when they are many', async () => {
    const { storage, folder } = storageWith([]);
    const index = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    const kept = put(storage, 'kept', clustered(600, 10));
    await index.apply(kept.added, []);
    await index.apply(put(storage, 'gone', clustered(400, 11)).added, []);
    await index.apply([], storage.documents.remove('gone')?.removed ?? []);
    await index.close();
    expect(storage.vectors.snapshot()?.labels).toBe(600);
    const again = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    expect(recall(again, byId(kept), clustered(20, 12))).toBeGreaterThanOrEqual(0.98);
    await again.close();
  });

  it('reaches all that there is also where most of what was removed was much alike', async () => {
    const [one = new Float32Array(), ...others] = clustered(17, 3);
    const alike = Array.from({ length: 200 }, (_, i) =>
      one.map((value, at) => value + (at === i % 32 ? 1e-5 : 0)),
    );
    const { storage, folder, change } = storageWith(alike, 'alike');
    const index = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    const removed = storage.transaction(() => storage.documents.remove('alike'));
    await index.apply([], removed?.removed ?? []);
    const added = put(storage, 'others', others);
    await index.apply(added.added, []);
    expect(change.added).toHaveLength(200);
    for (const vector of others) expect(index.search(vector, 16)).toHaveLength(16);
    await index.close();
  });

  it('is rebuilt beside the graph that serves, which follows changes meanwhile as the new one does', async () => {
    const { storage, folder } = storageWith([]);
    const index = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    const kept = put(storage, 'kept', clustered(1_500, 13));
    await index.apply(kept.added, []);
    await index.apply(put(storage, 'before', clustered(100, 14)).added, []);
    await index.apply([], storage.documents.remove('before')?.removed ?? []);
    const meanwhile = put(storage, 'meanwhile', clustered(100, 15));
    await index.apply(meanwhile.added, []);
    const seen: number[] = [];
    const rebuilding = index.rebuild({ onProgress: (done) => seen.push(done) });
    const late = put(storage, 'late', clustered(200, 16));
    await index.apply(late.added, []);
    await index.apply([], storage.documents.remove('meanwhile')?.removed ?? []);
    expect(index.size).toBe(1_700);
    await rebuilding;
    expect(Math.max(...seen)).toBeGreaterThan(500);
    expect(index.size).toBe(1_700);
    const all = new Map([...byId(kept), ...byId(late)]);
    expect(recall(index, all, [...clustered(20, 13), ...clustered(20, 16)])).toBeGreaterThanOrEqual(0.98);
    await index.close();
    const again = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    expect(again.size).toBe(1_700);
    expect(recall(again, all, clustered(20, 17))).toBeGreaterThanOrEqual(0.98);
    await again.close();
  });

  it('stays as it is when a rebuilding is stopped', async () => {
    const { storage, folder, change } = storageWith(clustered(1_200, 18));
    const index = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    let asked = 0;
    await expect(index.rebuild({ isStopped: () => ++asked > 2 })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(index.size).toBe(1_200);
    expect(recall(index, byId(change), clustered(20, 19))).toBeGreaterThanOrEqual(0.98);
    await index.rebuild();
    await index.close();
  });
});
