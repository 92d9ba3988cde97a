/**
 * What is measured: how Akin grows from 10,000 passages to a million: the median of a search over HTTP by one client, what
 * a passage costs that is stored and inserted, memory above that of a server without documents, the time from the start of
 * the process until it serves (its files in the system's cache), the size of the index folder, and ANN recall@10 as searches ask the graph.
 * Data: two synthetic sets (scale-set.ts); queries that are all different. Both sizes are measured in turns.
 * By: npm run bench -- --data DATA scale
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { annRecall } from '../../src/search/ann-recall.js';
import { GraphLeg } from '../../src/search/semantic-leg.js';
import { Storage } from '../../src/storage/storage.js';
import { VectorIndex } from '../../src/vector-index/vector-index.js';
import type { BenchContext, Benchmark, Figure } from './benchmark.js';
import { baseSet, scaleSet } from './cached-sets.js';
import { figureOf, inTurns, median, ratios, timeOf } from './measure.js';
import { Questions } from './questions.js';
import { ScaleSet } from './scale-index.js';
import { ServerProcess } from './server-process.js';
import { SyntheticDocuments } from './synthetic-documents.js';

const SMALL = 10_000;
const LARGE = 1_000_000;
const ROUNDS = 7;
const QUERIES_A_ROUND = 40;
const DOCUMENTS_A_ROUND = 100;
const RECALL_QUERIES = 100;
const KIB = 1024;

interface Folders {
  small: string;
  large: string;
}

export const SCALE: Benchmark = {
  name: 'scale',
  measures:
    'A million passages beside ten thousand: searching, storing, memory, starting, size on disk, recall.',
  data: 'Synthetic sets of both sizes; each query is asked once.',
  run,
};

async function run(context: BenchContext): Promise<Figure[]> {
  const folders = { small: await scaleSet(SMALL, context), large: await scaleSet(LARGE, context) };
  const bytes = sizeOf(folders.large) / LARGE;
  return [
    ...(await served(folders, context)),
    figureOf('index folder at 1M, a passage', [bytes / 1_000], 'kB', { atMost: 5 }),
    figureOf('ANN recall@10 at 1M', [await recallIn(folders.large, context)], '', { atLeast: 0.98 }),
    ...(await stored(folders, context)),
  ];
}

async function served(folders: Folders, { data, seed, scratch }: BenchContext): Promise<Figure[]> {
  const empty = join(scratch, 'empty');
  mkdirSync(empty);
  const none = await ServerProcess.start(empty);
  const base = memoryOf(none);
  await none.stop();
  const starts: number[] = [];
  for (let start = 0; start < 3; start++) {
    const began = performance.now();
    const server = await ServerProcess.start(folders.large);
    starts.push((performance.now() - began) / 1_000);
    await server.stop();
  }
  const [small, large] = [await ServerProcess.start(folders.small), await ServerProcess.start(folders.large)];
  try {
    const questions = new Questions(data, seed);
    const medianOf = async (server: ServerProcess): Promise<number> => {
      const times: number[] = [];
      for (let i = 0; i < QUERIES_A_ROUND; i++)
        times.push(await timeOf(() => server.search(questions.next())));
      return median(times);
    };
    const times = await inTurns(ROUNDS, { small: () => medianOf(small), large: () => medianOf(large) });
    const memory = (memoryOf(large) - base) / 1e9;
    return [
      figureOf('a search at 10k', times.small, 'ms'),
      figureOf('a search at 1M', times.large, 'ms'),
      figureOf('a search at 1M, of one at 10k', ratios(times.large, times.small), '×', { atMost: 3 }),
      figureOf('memory at 1M, above that without documents', [memory], 'GB', { atMost: 2.2 }),
      figureOf('from start to serving at 1M', starts, 's', { atMost: 12 }),
    ];
  } finally {
    await small.stop();
    await large.stop();
  }
}

async function stored(kept: Folders, { data, seed, scratch }: BenchContext): Promise<Figure[]> {
  const folders = { small: join(scratch, 'small'), large: join(scratch, 'large') };
  for (const size of ['small', 'large'] as const) cpSync(kept[size], folders[size], { recursive: true });
  const base = Storage.open(baseSet(data));
  // Other documents than those that are in the sets.
  const documents = new SyntheticDocuments([base], seed + 1);
  base.close();
  const sets = {
    small: await ScaleSet.open(folders.small, documents),
    large: await ScaleSet.open(folders.large, documents),
  };
  const cost = async (set: ScaleSet): Promise<number> => {
    const next = set.next(DOCUMENTS_A_ROUND);
    const passages = next.reduce((sum, { passages: own }) => sum + own.length, 0);
    return (await timeOf(() => set.write(next))) / passages;
  };
  const times = await inTurns(ROUNDS, { small: () => cost(sets.small), large: () => cost(sets.large) });
  await sets.small.close();
  await sets.large.close();
  return [
    figureOf('storing and inserting a passage at 10k', times.small, 'ms'),
    figureOf('storing and inserting a passage at 1M', times.large, 'ms'),
    figureOf('storing a passage at 1M, of one at 10k', ratios(times.large, times.small), '×', {
      atMost: 2.5,
    }),
  ];
}

/** By vectors of real passages, which the synthetic ones were made of but are not. */
async function recallIn(folder: string, { data }: BenchContext): Promise<number> {
  const base = Storage.open(baseSet(data));
  const all = base.vectors.after(0, Number.MAX_SAFE_INTEGER).map(({ vector }) => Float32Array.from(vector));
  base.close();
  const step = Math.floor(all.length / RECALL_QUERIES);
  const queries = all.filter((_, place) => place % step === 0);
  const storage = Storage.open(folder);
  const index = await VectorIndex.open(folder, storage.vectors, queries[0]?.length ?? 0);
  const recall = await annRecall(queries, new GraphLeg(storage, index), storage.vectors);
  await index.close();
  storage.close();
  return recall;
}

/** Resident, in bytes, as Linux tells it. */
function memoryOf({ child }: ServerProcess): number {
  const [, kib] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kib) * KIB;
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
