import { unitVector } from '../../src/embedding/vector-math.js';
import type { EngineParts } from '../../src/engine-parts.js';
import { queryWords } from '../../src/search/query-words.js';
import { soughtWords } from '../../src/search/sought-words.js';

/** What a search looks at least: 100 documents, for which it asks for three times as many passages, twice. */
const DOCUMENTS = 100;
const NEIGHBOURS = 300;
const FEEDBACK_SHARE = 0.1;

/** Milliseconds of what a search can't do without. */
export interface SearchParts {
  embed: number;
  hnsw: number;
  keyword: number;
}

/** Runs the parts of one search bare, as a search runs them: it asks the graph twice, the second time a little aside. */
export async function searchParts(
  query: string,
  { embedder, index, keywords, storage }: EngineParts,
): Promise<SearchParts> {
  const started = performance.now();
  const vector = await embedder.embedQuery(query);
  const embedded = performance.now();
  const [first] = index.search(vector, NEIGHBOURS);
  const found = performance.now();
  const moved = towards(vector, first?.id, storage);
  const again = performance.now();
  index.search(moved, NEIGHBOURS);
  const searched = performance.now();
  const words = soughtWords(queryWords(query), storage.terms, { unfinished: null, prefix: false });
  keywords.search(
    words.map(({ terms }) => terms),
    DOCUMENTS,
  );
  const ended = performance.now();
  return { embed: embedded - started, hnsw: found - embedded + searched - again, keyword: ended - searched };
}

function towards(
  vector: Float32Array,
  passage: number | undefined,
  { vectors }: EngineParts['storage'],
): Float32Array {
  const [other] = passage === undefined ? [] : vectors.after(passage - 1, 1);
  return unitVector(vector.map((value, i) => value + FEEDBACK_SHARE * (other?.vector[i] ?? 0)));
}
