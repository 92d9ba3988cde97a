import type { Embedder } from '../embedding/embedder.js';
import type { Reranker } from '../embedding/reranker.js';
import { dot } from '../embedding/vector-math.js';
import { WordVectors } from '../embedding/word-vectors.js';
import type { KeywordIndex } from '../keyword-index/keyword-index.js';
import type { DocumentRow } from '../storage/document-store.js';
import type { Storage } from '../storage/storage.js';
import type { VectorIndex } from '../vector-index/vector-index.js';
import type { Hit, HitPassage, SearchAnswer } from './answer.js';
import { AnsweringSentence } from './answering-sentence.js';
import { DocumentEvidence } from './document-evidence.js';
import { countFacets } from './facets.js';
import { foldVersions } from './fold-versions.js';
import type { Fused } from './fuse.js';
import { matchWords } from './highlight.js';
import { markAnswers } from './mark-answers.js';
import { parseQuery } from './query-syntax.js';
import { queryWords } from './query-words.js';
import { rankDocuments } from './rank.js';
import type { Mode, SearchRequest } from './request.js';
import { type RerankedGroup, rerank, rerankerFor } from './rerank.js';
import { cosineScore, coverageScore, DEFAULT_MIN_SCORE, documentScore, eitherScore } from './score.js';
import { type SoughtWord, soughtWords } from './sought-words.js';

interface Ranked extends Fused {
  score: number;
}

/** What is known of a query before anything is looked up. */
interface Query {
  words: SoughtWord[];
  /** Null in keyword mode, which does without. */
  vector: Float32Array | null;
  /** The keys of the documents that may be found; null for all. */
  among: number[] | null;
}

/** What searches are answered from. */
export interface SearcherParts {
  storage: Storage;
  embedder: Embedder;
  index: VectorIndex;
  keywords: KeywordIndex;
  /** Orders the best hits anew. Default: none */
  reranker?: Reranker | null;
}

/** Answers searches: both legs, fused, scored, folded, with the passages that answer. */
export class Searcher {
  readonly #storage: Storage;
  readonly #embedder: Embedder;
  readonly #index: VectorIndex;
  readonly #keywords: KeywordIndex;
  readonly #reranker: Reranker | null;
  #wordVectors: WordVectors | null = null;

  constructor({ storage, embedder, index, keywords, reranker = null }: SearcherParts) {
    this.#storage = storage;
    this.#embedder = embedder;
    this.#index = index;
    this.#keywords = keywords;
    this.#reranker = reranker;
  }

  async search(request: SearchRequest): Promise<SearchAnswer> {
    const started = performance.now();
    const { query: asked, mode, limit, offset, minScore = DEFAULT_MIN_SCORE } = request;
    const reranker = rerankerFor(request, this.#reranker);
    const { text, phrases, excluded, unfinished } = parseQuery(asked);
    const { prefix } = request;
    const words = soughtWords(queryWords(text), this.#storage.terms, { unfinished, prefix });
    // A query without a letter or a digit asks for nothing.
    const vector = words.length > 0 && mode !== 'keyword' ? await this.#embedder.embedQuery(text) : null;
    const query = { words, vector, among: this.#among(request, phrases, excluded) };
    const all = this.#rank(query, request);
    const ranked = all.filter(({ score }) => score >= minScore);
    const evidence = new DocumentEvidence(this.#storage);
    const versions = this.#storage.versions.groupsOf(all.map(({ document }) => document));
    const versionsOf = (document: number): number[] => versions.get(document) ?? [document];
    // A hit has all its versions, also those that answer less well than is asked for.
    const found = foldVersions(all, versionsOf).filter(({ score }) => score >= minScore);
    const passagesOf = (documents: number[]): string[] =>
      this.#passagesToRead(documents, query, mode, evidence);
    const { groups, ...reranking } = reranker
      ? await rerank(found, { reranker, query: text, passagesOf, minScore })
      : { groups: found };
    const page = groups.slice(offset, offset + limit);
    evidence.load(page.map(({ document }) => document));
    const answer = {
      query: asked,
      mode,
      limit,
      offset,
      total: groups.length,
      hits: this.#withAnswers(this.#hits(page, all, query, request, evidence), words, mode),
      ...reranking,
      facets: countFacets(request.facets, () => this.#rowsOf(ranked)),
    };
    return { ...answer, processingTimeMs: elapsed(started) };
  }

  /** The documents that a filter lets through and that have and lack what the query says; null for all. */
  #among({ filter }: SearchRequest, phrases: string[], excluded: string[]): number[] | null {
    const passing = filter ? this.#storage.documents.keysMatching(filter) : null;
    if (phrases.length === 0 && excluded.length === 0) return passing;
    const having = this.#storage.phrases.documentsWith(phrases, excluded);
    if (!passing) return having;
    const allowed = new Set(passing);
    return having.filter((document) => allowed.has(document));
  }

  #rank({ words, vector, among }: Query, { mode, limit, offset }: SearchRequest): Ranked[] {
    const found = rankDocuments(
      { words: words.map(({ terms }) => terms), vector },
      {
        mode,
        wanted: offset + limit,
        among,
        storage: this.#storage,
        index: this.#index,
        keywords: this.#keywords,
      },
    );
    return found.map((entry) => ({ ...entry, score: round(documentScore(mode, entry.fused)) }));
  }

  #hits(
    groups: RerankedGroup[],
    ranked: Ranked[],
    query: Query,
    { mode, passagesPerDocument, explain }: SearchRequest,
    evidence: DocumentEvidence,
  ): Hit[] {
    const rows = this.#storage.documents.rows(
      groups.flatMap(({ document, duplicates }) => [document, ...duplicates]),
    );
    const byDocument = new Map(ranked.map((entry) => [entry.document, entry]));
    return groups.flatMap(({ document, score, duplicates, reranker }): Hit[] => {
      const row = rows.get(document);
      const entry = byDocument.get(document);
      if (!row || !entry) return [];
      const { semantic, keyword, fused } = entry;
      return [
        {
          score,
          document: withoutKey(row),
          passages: this.#bestPassages(row, query, mode, evidence).slice(0, passagesPerDocument),
          duplicates: duplicates.flatMap((key) => {
            const duplicate = rows.get(key);
            return duplicate ? [{ id: duplicate.id, title: duplicate.title, url: duplicate.url }] : [];
          }),
          ...(explain
            ? { explain: { semantic, keyword, fused, ...(reranker === undefined ? {} : { reranker }) } }
            : {}),
        },
      ];
    });
  }

  #withAnswers(hits: Hit[], words: SoughtWord[], mode: Mode): Hit[] {
    if (mode === 'keyword' || words.length === 0) return hits;
    this.#wordVectors ??= WordVectors.load();
    const vectors = this.#wordVectors;
    return markAnswers(hits, new AnsweringSentence(words, (word) => vectors.of(word)));
  }

  /** The title and the best passage of each document. */
  #passagesToRead(documents: number[], query: Query, mode: Mode, evidence: DocumentEvidence): string[] {
    evidence.load(documents);
    const rows = this.#storage.documents.rows(documents);
    return documents.map((document) => {
      const row = rows.get(document);
      const [best] = row ? this.#bestPassages(row, query, mode, evidence) : [];
      return [row?.title, best?.text].filter(Boolean).join('\n');
    });
  }

  #bestPassages(
    { key: document, language }: DocumentRow,
    { words, vector }: Query,
    mode: SearchRequest['mode'],
    evidence: DocumentEvidence,
  ): HitPassage[] {
    const vectors = new Map(evidence.passages(document).map(({ id, vector: own }) => [id, own]));
    return this.#storage.documents
      .passages(document)
      .map((passage): HitPassage => {
        const { coverage, ranges } = matchWords(passage.text, words, language);
        const own = vectors.get(passage.id);
        const meaning = vector && own ? cosineScore(dot(vector, own)) : 0;
        const wording = mode === 'semantic' ? 0 : coverageScore(coverage);
        return { ...passage, score: round(eitherScore(meaning, wording)), highlights: ranges, answer: null };
      })
      .sort((a, b) => b.score - a.score || a.id - b.id);
  }

  #rowsOf(ranked: Ranked[]): DocumentRow[] {
    return [...this.#storage.documents.rows(ranked.map(({ document }) => document)).values()];
  }
}

/** A document's row as it goes out. */
export function withoutKey({ key: _key, ...row }: DocumentRow): Omit<DocumentRow, 'key'> {
  return row;
}

/** Milliseconds since a moment of `performance.now()`, to the microsecond. */
export function elapsed(started: number): number {
  return Number((performance.now() - started).toFixed(3));
}

/** To four digits: what follows is noise, and differs between machines. */
export function round(score: number): number {
  return Number(score.toFixed(4));
}
