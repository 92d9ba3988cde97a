/**
 * Measures how long related articles take beside one search of the vector index.
 *
 *     npx tsx scripts/bench-related.ts INDEX [DOCUMENTS]
 *
 * INDEX is an index folder that no process holds; DOCUMENTS of it, 500 by default, are taken evenly from over the whole.
 * Each is asked about once: with nothing in memory, and then with what the ones before it left there (vectors, not
 * answers). A search has the k and the ef with which related articles are sought; those of another document's passages
 * are made after each, so that both meet the same machine. Medians over the documents, and the ratio of all time spent.
 */
import { parseArgs } from 'node:util';
import { RelatedFinder } from '../src/search/related-finder.js';
import { parseRequest, relatedRequest } from '../src/search/request.js';
import { GraphLeg } from '../src/search/semantic-leg.js';
import { Storage } from '../src/storage/storage.js';
import { VectorIndex } from '../src/vector-index/vector-index.js';

/** As in src/search/related-candidates.ts: passages of a document that are used, and neighbours of each. */
const MOST_USED = 16;
const NEIGHBOURS = 60;

const { positionals } = parseArgs({ allowPositionals: true });
const [folder, wanted = '500'] = positionals;
if (!folder) throw new Error('Name an index folder.');

const storage = Storage.open(folder);
const request = parseRequest(relatedRequest, {});
const all = storage.documents.list({ limit: Number.MAX_SAFE_INTEGER });
const step = Math.max(1, Math.floor(all.length / Number(wanted)));
const asked = all
  .filter((_, place) => place % step === 0)
  .map(({ key, id }) => {
    const vectors = storage.vectors.ofDocuments([key]).map(({ vector }) => vector);
    return { id, vectors, used: Math.min(vectors.length, MOST_USED) };
  })
  .filter(({ vectors }) => vectors.length > 0);
const dimensions = asked[0]?.vectors[0]?.length;
if (!dimensions) throw new Error(`There is no document in ${folder}.`);
const index = await VectorIndex.open(folder, storage.vectors, dimensions);

/** @param finderFor the one that a document is asked of */
async function measure(title: string, finderFor: () => RelatedFinder): Promise<void> {
  const related: number[] = [];
  const searches: number[] = [];
  for (const [place, { id }] of asked.entries()) {
    const finder = finderFor();
    related[place] = await timeOf(() => finder.ofDocument(id, request));
    const other = (place + Math.floor(asked.length / 2)) % asked.length;
    const vectors = asked[other]?.vectors ?? [];
    const took = await timeOf(() => vectors.map((vector) => index.search(vector, NEIGHBOURS)));
    searches[other] = took / vectors.length;
  }
  const ratios = related.map((took, place) => took / (searches[place] ?? 0) / (asked[place]?.used ?? 0));
  const total = sum(asked.map(({ used }, place) => used * (searches[place] ?? 0)));
  console.log(
    `${title}: related ${median(related).toFixed(2)} ms, one search ${median(searches).toFixed(3)} ms; in searches ` +
      `for each passage used ${median(ratios).toFixed(2)}, ${(sum(related) / total).toFixed(2)} over all`,
  );
}

async function timeOf(run: () => unknown): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

console.log(`${asked.length} of ${all.length} documents, ${index.size} passages`);
await measure('(the code gets warm)', () => new RelatedFinder(storage, new GraphLeg(storage, index)));
await measure('nothing in memory', () => new RelatedFinder(storage, new GraphLeg(storage, index)));
const finder = new RelatedFinder(storage, new GraphLeg(storage, index));
await measure('vectors in memory', () => finder);
storage.close();
