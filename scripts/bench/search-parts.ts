import type { EmbeddedParts } from '../../src/embedded-parts.js';
import { queryWords } from '../../src/search/query-words.js';
import { depthFor, rankDocuments } from '../../src/search/rank.js';
import { parseRequest, searchRequest } from '../../src/search/request.js';
import { GraphLeg } from '../../src/search/semantic-leg.js';
import { soughtWords } from '../../src/search/sought-words.js';

/** Milliseconds of what a search can't do without. */
export interface SearchParts {
  embed: number;
  hnsw: number;
  keyword: number;
}

type GraphSearch = Parameters<EmbeddedParts['index']['search']>;

/**
 * Runs the parts of searches bare. What a search asks of the graph (twice at the least, and for more where too few
 * documents came) is written down, and asked once more after other searches: the processor has forgotten it then.
 */
export class BareParts {
  readonly #parts: EmbeddedParts;
  #asked: GraphSearch[] = [];

  constructor(parts: EmbeddedParts) {
    this.#parts = parts;
  }

  /** The query's vector and its words, and what the query before it asked of the graph. */
  async run(query: string): Promise<SearchParts> {
    const { embedder, index, keywords, storage } = this.#parts;
    const { limit } = parseRequest(searchRequest, { query });
    const started = performance.now();
    const vector = await embedder.embedQuery(query);
    const embedded = performance.now();
    for (const search of this.#asked) index.search(...search);
    const searched = performance.now();
    const sought = await soughtWords(queryWords(query), storage.terms, { unfinished: null, prefix: false });
    const words = sought.map(({ terms }) => terms);
    const byWords = keywords.search(words, depthFor(limit));
    const ended = performance.now();
    this.#asked = await this.#searchesFor(async () => {
      const semantic = new GraphLeg(storage, index);
      await rankDocuments(vector, byWords, { wanted: limit, among: null, storage, semantic });
    });
    return { embed: embedded - started, hnsw: searched - embedded, keyword: ended - searched };
  }

  async #searchesFor(rank: () => Promise<void>): Promise<GraphSearch[]> {
    const { index } = this.#parts;
    const asked: GraphSearch[] = [];
    const search = index.search.bind(index);
    index.search = (...arguments_) => {
      asked.push(arguments_);
      return search(...arguments_);
    };
    try {
      await rank();
    } finally {
      index.search = search;
    }
    return asked;
  }
}
