import { setImmediate as nextTurn } from 'node:timers/promises';
import { withOneModel } from '../embedding/current-embedder.js';
import type { Embedder } from '../embedding/embedder.js';
import type { Reranker } from '../embedding/reranker.js';
import type { Filter } from '../filter.js';
import type { DocumentRow } from '../storage/document-store.js';
import type { Among, StoredIndex } from '../storage/stored-index.js';
import type { Hit, SearchAnswer } from './answer.js';
import type { AnswerBudget } from './answer-budget.js';
import type { AnswerMarker } from './answer-marker.js';
import { BestPassages, type PassageQuery } from './best-passages.js';
import { countFacets } from './facets.js';
import { foldVersions } from './fold-versions.js';
import { type Fused, type KeywordEvidence, NO_EVIDENCE } from './fuse.js';
import type { KeywordLeg, SemanticLeg } from './legs.js';
import { markAnswers } from './mark-answers.js';
import { orderByDate } from './order-by-date.js';
import { parseQuery } from './query-syntax.js';
import { queryWords } from './query-words.js';
import { depthFor, rankDocuments } from './rank.js';
import type { ReadOptions } from './read-options.js';
import type { FacetField, Mode, SearchRequest } from './request.js';
import { type RerankedGroup, rerank, rerankerFor } from './rerank.js';
import { DEFAULT_MIN_SCORE, documentScore, round } from './score.js';
import { slices } from './slices.js';
import { type SoughtWord, soughtWords } from './sought-words.js';

interface Ranked extends Fused {
  score: number;
}

/** Among how many documents of each leg the newest and the oldest are sought. */
const DATED_DEPTH = 1_000;

/** What is known of a query before documents are ranked. */
interface Query extends PassageQuery {
  /** The documents that may be found; null for all. */
  among: Among | null;
  byWords: KeywordEvidence;
}

/** What searches are answered from. */
export interface SearcherParts {
  storage: StoredIndex;
  embedder: Embedder;
  semantic: SemanticLeg;
  keywords: KeywordLeg;
  marker: AnswerMarker;
  /** Orders the best hits anew. Default: none */
  reranker?: Reranker | null;
}

/** Answers searches: both legs, fused, scored, folded, with the passages that answer. */
export class Searcher {
  readonly #storage: StoredIndex;
  readonly #embedder: Embedder;
  readonly #semantic: SemanticLeg;
  readonly #keywords: KeywordLeg;
  readonly #marker: AnswerMarker;
  readonly #reranker: Reranker | null;

  constructor({ storage, embedder, semantic, keywords, marker, reranker = null }: SearcherParts) {
    this.#storage = storage;
    this.#embedder = embedder;
    this.#semantic = semantic;
    this.#keywords = keywords;
    this.#marker = marker;
    this.#reranker = reranker;
  }

  /**
   * @param reading with a signal that nobody waits for the answer any more: what has not begun is left
   * @throws AkinError ANSWER_TOO_LARGE where the hits or facets exceed the budget
   */
  async search(
    request: SearchRequest,
    reading: Pick<ReadOptions, 'signal' | 'budget'> = {},
  ): Promise<SearchAnswer> {
    const { signal, budget } = reading;
    signal?.throwIfAborted();
    const started = performance.now();
    const { query: asked, mode, limit, offset, minScore = DEFAULT_MIN_SCORE } = request;
    const reranker = rerankerFor(request, this.#reranker);
    const { text, phrases, excluded, unfinished } = parseQuery(asked);
    const { prefix } = request;
    const asWritten = queryWords(text);
    // A query without a letter or a digit asks for nothing.
    const embedding = asWritten.length > 0 && mode !== 'keyword' ? this.#embed(text) : null;
    // A failure is met where the vector is waited for; meanwhile words are looked up.
    embedding?.catch(() => undefined);
    if (embedding) this.#marker.start();
    const words = await soughtWords(asWritten, this.#storage.terms, { unfinished, prefix });
    const among = await this.#storage.among({ filter: request.filter, phrases, excluded });
    const byWords = await this.#byWords(words, request, among);
    const query = { words, among, byWords, vector: await embedding };
    signal?.throwIfAborted();
    await nextTurn();
    const all = await this.#rank(query, request);
    await nextTurn();
    signal?.throwIfAborted();
    const ranked = all.filter(({ score }) => score >= minScore);
    const best = new BestPassages(this.#storage, query, mode);
    const versions = await this.#storage.versions.groupsOf(all.map(({ document }) => document));
    const versionsOf = (document: number): number[] => versions.get(document) ?? [document];
    // A hit has all its versions, also those that answer less well than is asked for.
    const found = foldVersions(all, versionsOf).filter(({ score }) => score >= minScore);
    const passagesOf = (documents: number[]): Promise<string[]> => this.#passagesToRead(documents, best);
    const { groups, ...reranking } = reranker
      ? await rerank(found, { reranker, query: text, passagesOf, minScore })
      : { groups: found };
    signal?.throwIfAborted();
    const page = (await this.#ordered(groups, request)).slice(offset, offset + limit);
    const facets = await countFacets(request.facets, () => this.#counted(ranked, request.filter));
    budget?.take(facets);
    const answer = {
      query: asked,
      mode,
      limit,
      offset,
      total: groups.length,
      hits: await this.#withAnswers(
        await this.#storage.atOneMoment(() => this.#hits(page, all, best, request, budget)),
        words,
        mode,
      ),
      ...reranking,
      facets,
    };
    return { ...answer, processingTimeMs: elapsed(started) };
  }

  #embed(text: string): Promise<Float32Array> {
    return withOneModel(this.#embedder, () => this.#embedder.embedQuery(text));
  }

  async #byWords(words: SoughtWord[], request: SearchRequest, among: Among | null): Promise<KeywordEvidence> {
    if (request.mode === 'semantic') return NO_EVIDENCE;
    const terms = words.map((word) => word.terms);
    return this.#keywords.search(terms, depthFor(wantedBy(request)), among);
  }

  async #rank({ vector, byWords, among }: Query, request: SearchRequest): Promise<Ranked[]> {
    const options = { wanted: wantedBy(request), among, storage: this.#storage, semantic: this.#semantic };
    const fused = await rankDocuments(vector, byWords, options);
    return fused.map((entry) => ({
      ...entry,
      score: round(documentScore(request.mode, entry.fused)),
    }));
  }

  async #ordered(groups: RerankedGroup[], { sort }: SearchRequest): Promise<RerankedGroup[]> {
    if (sort === 'relevance') return groups;
    const dates = new Map<number, string | null>();
    for (const some of slices(groups)) {
      const rows = await this.#storage.documents.rows(some.map(({ document }) => document));
      for (const { key, publishedAt } of rows.values()) dates.set(key, publishedAt);
    }
    return orderByDate(groups, sort, ({ document }) => dates.get(document) ?? null);
  }

  async #hits(
    groups: RerankedGroup[],
    ranked: Ranked[],
    best: BestPassages,
    request: SearchRequest,
    budget: AnswerBudget | undefined,
  ): Promise<Hit[]> {
    const byDocument = new Map(ranked.map((entry) => [entry.document, entry]));
    const hits: Hit[] = [];
    for (const some of slices(groups)) {
      const made = await this.#hitsOf(some, byDocument, best, request);
      budget?.take(made);
      hits.push(...made);
    }
    return hits;
  }

  async #hitsOf(
    groups: RerankedGroup[],
    byDocument: Map<number, Ranked>,
    best: BestPassages,
    { passagesPerDocument, explain, filter }: SearchRequest,
  ): Promise<Hit[]> {
    const rows = await this.#rowsPassing(
      groups.flatMap(({ document, duplicates }) => [document, ...duplicates]),
      filter,
    );
    const shown = groups.flatMap((group) => {
      const row = rows.get(group.document);
      const entry = byDocument.get(group.document);
      return row && entry ? [{ ...group, row, entry }] : [];
    });
    const passages = await best.of(
      shown.map(({ row }) => row),
      passagesPerDocument,
    );
    return shown.map(({ row, entry, score, duplicates, reranker }, place): Hit => {
      const { semantic, keyword, fused } = entry;
      return {
        score,
        document: withoutKey(row),
        passages: passages[place] ?? [],
        duplicates: duplicates.flatMap((key) => {
          const duplicate = rows.get(key);
          return duplicate ? [{ id: duplicate.id, title: duplicate.title, url: duplicate.url }] : [];
        }),
        ...(explain
          ? { explain: { semantic, keyword, fused, ...(reranker === undefined ? {} : { reranker }) } }
          : {}),
      };
    });
  }

  async #withAnswers(hits: Hit[], words: SoughtWord[], mode: Mode): Promise<Hit[]> {
    if (mode === 'keyword' || words.length === 0 || hits.length === 0) return hits;
    return markAnswers(hits, (passages) => this.#marker.answersIn(words, passages));
  }

  /** The title and the best passage of each document. */
  async #passagesToRead(documents: number[], best: BestPassages): Promise<string[]> {
    const rows = await this.#storage.documents.rows(documents);
    const present = [...rows.values()];
    const texts = (await best.of(present, 1)).map(([passage]) => passage?.text);
    const byKey = new Map(present.map(({ key }, place) => [key, texts[place]]));
    return documents.map((key) => [rows.get(key)?.title, byKey.get(key)].filter(Boolean).join('\n'));
  }

  /** What a filter lets through may have changed since the search began: that is not shown. */
  async #rowsPassing(keys: number[], filter: Filter | undefined): Promise<Map<number, DocumentRow>> {
    return this.#storage.atOneMoment(async () => {
      const rows = await this.#storage.documents.rows(keys);
      if (!filter) return rows;
      const ids = Array.from(rows.values(), ({ id }) => id);
      const passing = await this.#storage.documents.passing(ids, filter);
      return new Map([...rows].filter(([, { id }]) => passing.has(id)));
    });
  }

  /** What facets count of documents: whole rows, of which there may be ten thousand, have their metadata too. */
  async #counted(ranked: Ranked[], filter: Filter | undefined): Promise<Pick<DocumentRow, FacetField>[]> {
    const counted: Pick<DocumentRow, FacetField>[] = [];
    for (const some of slices(ranked)) {
      const rows = await this.#rowsPassing(
        some.map(({ document }) => document),
        filter,
      );
      for (const { source, author, language, tags } of rows.values())
        counted.push({ source, author, language, tags });
    }
    return counted;
  }
}

function wantedBy({ offset, limit, sort }: SearchRequest): number {
  // By date the last page may have the best hit: the same documents are looked at for each.
  return sort === 'relevance' ? offset + limit : DATED_DEPTH;
}

/** A document's row as it goes out. */
export function withoutKey({ key: _key, ...row }: DocumentRow): Omit<DocumentRow, 'key'> {
  return row;
}

/** Milliseconds since a moment of `performance.now()`, to the microsecond. */
export function elapsed(started: number): number {
  return Number((performance.now() - started).toFixed(3));
}
