/**
 * What is measured: adding vectors to Akin's graph one by one, and the search for the 10 nearest of one vector, beside
 * usearch, LanceDB and comparing all, each at the least effort by which it finds 0.98 of the 10 nearest or more.
 * Data: vectors of a synthetic set (scale-set.ts), some of which are held out as queries.
 * By: npm run bench -- --data DATA vector-index
 */
import { join } from 'node:path';
import { dot } from '../../src/embedding/vector-math.js';
import { Storage } from '../../src/storage/storage.js';
import { HnswGraph } from '../../src/vector-index/hnsw-graph.js';
import type { BenchContext, Benchmark, Figure } from './benchmark.js';
import { scaleSet } from './cached-sets.js';
import { figureOf, inTurns, ratios } from './measure.js';
import { LanceTable } from './peers/lance-table.js';
import { UsearchGraph } from './peers/usearch-graph.js';

const PASSAGES = 50_000;
const QUERIES = 200;
const K = 10;
const LEAST_RECALL = 0.98;
const ROUNDS = 7;
const EFFORTS = [10, 15, 20, 30, 40, 60, 80, 100, 150, 200, 300, 500, 1_000];

/** Gives the labels of the k nearest, best first. */
export type Search = (vector: Float32Array, effort: number) => number[] | Promise<number[]>;

interface Searched {
  name: string;
  effort: number;
  recall: number;
  search: Search;
}

export const VECTOR_INDEX: Benchmark = {
  name: 'vector-index',
  measures:
    'The search for the 10 nearest vectors by Akin, usearch, LanceDB and by comparing all, at a recall of 0.98 or more, and adding a vector.',
  data: `${PASSAGES} vectors made of those of real passages, ${QUERIES} others as queries.`,
  run,
};

async function run(context: BenchContext): Promise<Figure[]> {
  const { vectors, queries } = await vectorsOf(await scaleSet(PASSAGES, context));
  const exact: Search = (vector) => nearest(vector, vectors);
  const truth = queries.map((vector) => new Set(nearest(vector, vectors)));
  const akin = HnswGraph.empty(vectors[0]?.length ?? 0);
  const usearch = await UsearchGraph.empty(vectors[0]?.length ?? 0, context.scratch);
  const built = await addInTurns(vectors, {
    akin: (vector, label) => akin.add(label, vector),
    usearch: (vector, label) => usearch.add(label, vector),
  });
  const lance = await LanceTable.of(vectors, join(context.scratch, 'lance'));

  const searched = [
    // Akin's graph never looks at fewer candidates than it does by default.
    await leastEffort('Akin', (vector, ef) => akin.search(vector, K, ef).map(({ id }) => id), queries, truth),
    await leastEffort('usearch', (vector, ef) => usearch.search(vector, K, ef), queries, truth),
    await leastEffort('LanceDB', (vector, ef) => lance.search(vector, K, ef), queries, truth),
    { name: 'comparing all', effort: 0, recall: 1, search: exact },
  ];
  const ways = Object.fromEntries(
    searched.map(({ name, search, effort }) => [name, () => msPerQuery(queries, search, effort)]),
  );
  const times = await inTurns(ROUNDS, ways);
  const own = times.Akin ?? [];
  const figures = searched.map(({ name, effort, recall }) =>
    figureOf(`${name}: a search (ef ${effort}, recall ${recall.toFixed(4)})`, times[name] ?? [], 'ms'),
  );
  return [
    ...figures,
    ...searched
      .filter(({ name }) => name !== 'Akin')
      .map(({ name }) =>
        figureOf(`${name}'s time for a search, of Akin's`, ratios(times[name] ?? [], own), '×'),
      ),
    figureOf('Akin: adding a vector', built.akin, 'ms'),
    figureOf('usearch: adding a vector', built.usearch, 'ms'),
    figureOf("usearch's time for adding, of Akin's", ratios(built.usearch, built.akin), '×'),
  ];
}

async function vectorsOf(folder: string): Promise<{ vectors: Float32Array[]; queries: Float32Array[] }> {
  const storage = Storage.open(folder);
  const all = storage.vectors.after(0, PASSAGES).map(({ vector }) => Float32Array.from(vector));
  storage.close();
  const step = Math.floor(all.length / QUERIES);
  return {
    vectors: all.filter((_, place) => place % step !== 0),
    queries: all.filter((_, place) => place % step === 0),
  };
}

/** Labels are places in `vectors`. */
function nearest(vector: Float32Array, vectors: Float32Array[]): number[] {
  const best: { label: number; score: number }[] = [];
  for (const [label, other] of vectors.entries()) {
    const score = dot(vector, other);
    if (best.length === K && score <= (best[K - 1]?.score ?? 0)) continue;
    best.push({ label, score });
    best.sort((a, b) => b.score - a.score);
    best.length = Math.min(best.length, K);
  }
  return best.map(({ label }) => label);
}

/** Milliseconds for adding one vector, by tenths of them, in turns. */
async function addInTurns(
  vectors: Float32Array[],
  ways: Record<'akin' | 'usearch', (vector: Float32Array, label: number) => void>,
): Promise<Record<'akin' | 'usearch', number[]>> {
  const part = Math.ceil(vectors.length / 10);
  const addPart = async (
    add: (vector: Float32Array, label: number) => void,
    round: number,
  ): Promise<number> => {
    const labels = Array.from({ length: part }, (_, place) => (round + 1) * part + place);
    const started = performance.now();
    for (const label of labels) {
      const vector = vectors[label];
      if (vector) add(vector, label);
    }
    return (performance.now() - started) / part;
  };
  return inTurns(9, {
    akin: (round) => addPart(ways.akin, round),
    usearch: (round) => addPart(ways.usearch, round),
  });
}

async function leastEffort(
  name: string,
  search: Search,
  queries: Float32Array[],
  truth: Set<number>[],
): Promise<Searched> {
  let recall = 0;
  let effort = 0;
  for (effort of EFFORTS) {
    const found = await Promise.all(queries.map((vector) => search(vector, effort)));
    const shares = found.map((labels, i) => labels.filter((label) => truth[i]?.has(label)).length / K);
    recall = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    if (recall >= LEAST_RECALL) break;
  }
  return { name, effort, recall, search };
}

async function msPerQuery(queries: Float32Array[], search: Search, effort: number): Promise<number> {
  const started = performance.now();
  for (const vector of queries) await search(vector, effort);
  return (performance.now() - started) / queries.length;
}
