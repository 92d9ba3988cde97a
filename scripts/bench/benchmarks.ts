import type { Benchmark } from './benchmark.js';

/** All benchmarks by name, each loaded only when it is run. */
export const BENCHMARKS: Record<string, () => Promise<Benchmark>> = {
  ingest: async () => (await import('./ingest.js')).INGEST,
  embedding: async () => (await import('./embedding.js')).EMBEDDING,
  'embedding-quality': async () => (await import('./embedding-quality.js')).EMBEDDING_QUALITY,
  scale: async () => (await import('./scale.js')).SCALE,
  'vector-index': async () => (await import('./vector-index.js')).VECTOR_INDEX,
  keyword: async () => (await import('./keyword.js')).KEYWORD,
  search: async () => (await import('./search.js')).SEARCH,
  'import-while-searching': async () => (await import('./import-while-searching.js')).IMPORT_WHILE_SEARCHING,
  page: async () => (await import('./page.js')).PAGE,
};
