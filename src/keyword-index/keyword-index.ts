import { errorMessage } from '../errors.js';
import type { StoredChange } from '../storage/document-store.js';
import type { SoughtTerm } from '../storage/match-terms.js';
import type { NumberedTerm, TermCountStore } from '../storage/term-count-store.js';
import type { TermCounts } from '../storage/term-counts.js';
import { inTurns, Turns } from '../turns.js';
import { BestDocuments, type KeywordMatch } from './best-documents.js';
import { buildSegment, type WrittenDocument } from './build-segment.js';
import { countHaving } from './count-having.js';
import { LiveDocuments } from './live-documents.js';
import { MaxScore } from './max-score.js';
import { mergeSegments } from './merge-segments.js';
import { planMerge } from './plan-merge.js';
import type { Segment } from './segment.js';
import { weighWords } from './weigh-words.js';

/** Documents that are read from the database together. */
const READ_AT_ONCE = 128;
/** So many parts that were read make a segment: what is left to be merged then is little. */
const PARTS_OF_A_SEGMENT = 64;

/** With a greater part of documents that are gone, a segment is written anew. */
const MOST_GONE = 0.2;

/** What is stored of words, of which the index is a cache; a `TermCountStore` is one. */
export type StoredTerms = Pick<TermCountStore, 'after' | 'numbersOf'>;

/** What the words of a query find. */
export interface KeywordMatches {
  /** Best first. */
  matches: KeywordMatch[];
  /** The BM25 that no document exceeds, if it has every word ever so often. */
  ceiling: number;
}

/**
 * The keyword index: the terms of whole documents in memory, following what SQLite holds. What is written is a small
 * segment of its own at once; segments are merged in slices, between which the event loop serves others.
 */
export class KeywordIndex {
  readonly ranking = 'bm25';
  readonly #store: StoredTerms;
  readonly #live = new LiveDocuments();
  #segments: Segment[] = [];
  #merging: Promise<void> | null = null;
  #closed = false;

  private constructor(store: StoredTerms) {
    this.#store = store;
  }

  /** Reads the terms of all stored documents. */
  static async open(store: StoredTerms): Promise<KeywordIndex> {
    const index = new KeywordIndex(store);
    const turns = new Turns();
    let parts: Segment[] = [];
    let last = 0;
    for (let isDone = false; !isDone; ) {
      const documents = store.after(last, READ_AT_ONCE);
      last = documents.at(-1)?.document ?? last;
      isDone = documents.length < READ_AT_ONCE;
      parts.push(buildSegment(documents.map(({ document, counts }) => index.#put(document, counts, null))));
      await turns.rest();
      if (parts.length < PARTS_OF_A_SEGMENT && !isDone) continue;
      index.#segments.push(await inTurns(mergeSegments(parts, index.#live), turns));
      await index.#merge();
      parts = [];
    }
    return index;
  }

  /** Follows what writes changed, in their order; searches see it when it returns. */
  apply(changes: StoredChange[]): void {
    const written: WrittenDocument[] = [];
    for (const { key, terms } of changes) {
      if (terms.now) written.push(this.#put(key, terms.now, terms.before));
      else if (terms.before) this.#live.remove(key, terms.before);
    }
    if (written.length > 0) this.#segments.push(buildSegment(written));
    this.#merging ??= this.#merge()
      // A merge only makes searches faster: without it nothing is lost.
      .catch((error: unknown) => process.emitWarning(`Words were not merged: ${errorMessage(error)}`))
      .finally(() => {
        this.#merging = null;
      });
  }

  /**
   * The documents that have any of the words, best by BM25 (k1 = 1.2, b = 0.75). A word counts once, by the best of
   * its terms, and is as rare as all of its terms together; each term counts in its own languages alone. A word's idf is
   * ln(1 + (N − n + 0.5) / (n + 0.5)) for n of N documents, as Lucene has it: words that most documents have count for
   * little, and not for nothing.
   *
   * @param words each as the terms that it may go by
   * @param among only these documents' keys. Default: all
   */
  search(words: SoughtTerm[][], limit: number, among: number[] | null = null): KeywordMatches {
    const { weighed, ceiling } = weighWords(words, {
      all: this.#live.count,
      numbersOf: (term) => this.#store.numbersOf(term),
      having: (terms) => this.#having(terms),
    });
    const best = new BestDocuments(limit);
    const search = new MaxScore(weighed, {
      best,
      averageLength: this.#live.averageLength,
      isLive: (key, version) => this.#live.has(key, version),
      allowed: among && this.#setOf(among),
    });
    for (const segment of this.#segments) search.search(segment);
    return { matches: best.ranked(), ceiling };
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#merging;
  }

  #put(key: number, counts: TermCounts, before: TermCounts | null): WrittenDocument {
    return { key, counts, version: this.#live.put(key, counts, before) };
  }

  /** Merges as long as there is something to merge. */
  async #merge(): Promise<void> {
    for (;;) {
      const places = this.#toMerge();
      if (places.length === 0 || this.#closed) return;
      const merging = places.flatMap((place) => this.#segments[place] ?? []);
      const merged = await inTurns(mergeSegments(merging, this.#live));
      const rest = this.#segments.filter((segment) => !merging.includes(segment));
      this.#segments = merged.keys.length > 0 ? [merged, ...rest] : rest;
    }
  }

  #toMerge(): number[] {
    const sizes = this.#segments.map(({ keys }) => keys.length);
    const all = sizes.reduce((sum, size) => sum + size, 0);
    const gone = all - this.#live.count;
    if (gone <= all * MOST_GONE) return planMerge(sizes);
    return this.#segments
      .flatMap(({ keys, versions }, place) => {
        const live = keys.filter((key, ordinal) => this.#live.has(key, versions[ordinal] ?? 0)).length;
        return live < keys.length * (1 - MOST_GONE) ? [place] : [];
      })
      .slice(0, 1);
  }

  /** Terms in different ways of stemming are never in one document. */
  #having(terms: NumberedTerm[]): number {
    const isApart = new Set(terms.map(({ stemming }) => stemming)).size === terms.length;
    if (isApart) return terms.reduce((sum, { id }) => sum + this.#live.having(id), 0);
    return countHaving(
      terms.map(({ id }) => id),
      this.#segments,
      this.#live,
    );
  }

  /** By key: 1 for these. */
  #setOf(keys: number[]): Uint8Array {
    const set = new Uint8Array(this.#live.mostKey + 1);
    for (const key of keys) set[key] = 1;
    return set;
  }
}
