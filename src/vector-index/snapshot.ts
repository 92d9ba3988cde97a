import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { renameDurably, syncToDisk } from '../durable-file.js';
import { AkinError } from '../errors.js';
import type { SnapshotRecord, VectorStore } from '../storage/vector-store.js';
import { HnswGraph } from './hnsw-graph.js';
import { isWholeGraph } from './whole-file.js';

/** What snapshots are called, and what becomes one. */
export const SNAPSHOT_NAME = /^vectors-.*\.hnsw(\.tmp)?$/;

/**
 * Reads the snapshot that the database records. Null where there is none, or where the file is missing, torn or
 * not the recorded one: then the graph is built anew from the stored vectors.
 */
export async function readSnapshot(
  folder: string,
  vectors: VectorStore,
  dimensions: number,
): Promise<{ graph: HnswGraph; record: SnapshotRecord } | null> {
  const record = vectors.snapshot();
  if (!record) return null;
  if (!(await isRecorded(folder, record))) return null;
  const marked = vectors
    .removalsAfter(0)
    .filter(({ number }) => number <= record.lastRemoval)
    .map(({ passage }) => passage);
  return { graph: await HnswGraph.read(join(folder, record.file), dimensions, marked), record };
}

/** Whether the file that the database records is there as it was written. */
export async function isRecorded(folder: string, { file, sha256 }: SnapshotRecord): Promise<boolean> {
  const path = join(folder, file);
  return SNAPSHOT_NAME.test(file) && (await sha256OfFile(path)) === sha256 && (await isWholeGraph(path));
}

export interface GraphToWrite {
  graph: HnswGraph;
  /** How far the removals are marked in it. */
  lastRemoval: number;
  /** Asked when it is written: one that serves no more is not recorded. */
  isCurrent: () => boolean;
}

/**
 * Writes the graph beside the snapshot before it, to the disk, records it in the database and only then removes
 * the old one: whatever instant the process ends at, the database names a whole file or one that fails its hash.
 */
export async function writeSnapshot(
  folder: string,
  vectors: VectorStore,
  { graph, lastRemoval, isCurrent }: GraphToWrite,
): Promise<void> {
  const file = `vectors-${graph.lastId}-${lastRemoval}.hnsw`;
  const temporary = join(folder, `${file}.tmp`);
  const sha256 = await writeWhole(graph, temporary).catch(async (error: unknown) => {
    await rm(temporary, { force: true });
    throw error;
  });
  await renameDurably(temporary, join(folder, file));
  if (!isCurrent()) return;
  vectors.recordSnapshot({ file, sha256, lastPassage: graph.lastId, lastRemoval, labels: graph.size });
  await removeOthers(folder, file);
}

/** @returns the file's SHA-256 */
async function writeWhole(graph: HnswGraph, path: string): Promise<string> {
  await graph.write(path);
  await syncToDisk(path);
  if (!(await isWholeGraph(path)))
    throw new AkinError('DISK_FULL', 'The disk is full: the vector index could not be written whole.');
  const sha256 = await sha256OfFile(path);
  if (sha256 === null) throw new Error(`${path} vanished while it was written`);
  return sha256;
}

async function removeOthers(folder: string, keep: string): Promise<void> {
  const others = (await readdir(folder)).filter((name) => SNAPSHOT_NAME.test(name) && name !== keep);
  await Promise.all(others.map((name) => rm(join(folder, name), { force: true })));
}

async function sha256OfFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}
