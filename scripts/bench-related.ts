/**
 * Measures how long related articles take beside one search of the vector index.
 *
 *     npx tsx scripts/bench-related.ts INDEX [DOCUMENTS]
 *
 * INDEX is an index folder that no process holds; DOCUMENTS of it, 500 by default, are taken evenly from over the whole.
 * Each is asked about once: with nothing in memory, and then with what the ones before it left there (vectors, not
 * answers). A search has the k and the ef with which related articles are sought; a passage of another document is
 * searched for after each, so that both meet the same machine. The figures are medians, a passage's that of one document.
 */
import { parseArgs } from 'node:util';
import { RelatedFinder } from '../src/search/related-finder.js';
import { parseRequest, relatedRequest } from '../src/search/request.js';
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
  .map(({ key, id }) => ({ id, vectors: storage.vectors.ofDocuments([key]).map(({ vector }) => vector) }))
  .filter(({ vectors }) => vectors.length > 0);
const dimensions = asked[0]?.vectors[0]?.length;
if (!dimensions) throw new Error(`There is no document in ${folder}.`);
const index = await VectorIndex.open(folder, storage.vectors, dimensions);

/** @param finderFor the one that a document is asked of */
function measure(title: string, finderFor: () => RelatedFinder): void {
  const related: number[] = [];
  const perPassage: number[] = [];
  const searches: number[] = [];
  for (const [place, { id, vectors }] of asked.entries()) {
    const finder = finderFor();
    const took = timeOf(() => finder.ofDocument(id, request));
    related.push(took);
    perPassage.push(took / Math.min(vectors.length, MOST_USED));
    const other = asked[(place + Math.floor(asked.length / 2)) % asked.length]?.vectors ?? [];
    for (const vector of other) searches.push(timeOf(() => index.search(vector, NEIGHBOURS)));
  }
  const search = median(searches);
  const ratio = median(perPassage) / search;
  console.log(
    `${title}: related ${median(related).toFixed(2)} ms, one search ${search.toFixed(3)} ms, ` +
      `${ratio.toFixed(2)} searches for each passage used`,
  );
}

function timeOf(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

console.log(`${asked.length} of ${all.length} documents, ${index.size} passages`);
measure('(the code gets warm)', () => new RelatedFinder(storage, index));
measure('nothing in memory', () => new RelatedFinder(storage, index));
const finder = new RelatedFinder(storage, index);
measure('vectors in memory', () => finder);
storage.close();
