import { stemmingOf } from '../documents/stem.js';
import type { DocumentRow } from '../storage/document-store.js';
import type { PassageVectors } from '../storage/passage-vectors.js';
import type { StoredIndex } from '../storage/stored-index.js';
import type { StoredPassage } from '../types.js';
import type { HitPassage } from './answer.js';
import { type WordMatches, wordMatcher } from './highlight.js';
import type { Mode } from './request.js';
import { cosineScore, coverageScore, eitherScore, round } from './score.js';
import type { SoughtWord } from './sought-words.js';

/** What passages are compared with. */
export interface PassageQuery {
  words: SoughtWord[];
  /** Of length 1; null in keyword mode, which does without. */
  vector: Float32Array | null;
}

/** Chooses the passages of documents that answer one query best. */
export class BestPassages {
  readonly #storage: StoredIndex;
  readonly #query: PassageQuery;
  readonly #mode: Mode;
  readonly #matchers = new Map<string, (text: string) => WordMatches>();

  constructor(storage: StoredIndex, query: PassageQuery, mode: Mode) {
    this.#storage = storage;
    this.#query = query;
    this.#mode = mode;
  }

  /** For each of these documents its best passages, at most so many, best first. */
  async of(documents: DocumentRow[], most: number): Promise<HitPassage[][]> {
    const keys = documents.map(({ key }) => key);
    const vectors = this.#query.vector ? await this.#storage.vectors.held.of(keys) : null;
    const passages = await this.#storage.documents.passagesOf(keys);
    return documents.map(({ key, language }) => {
      const match = this.#matcher(stemmingOf(language));
      return this.#bestOf(passages.get(key) ?? [], most, match, vectors?.get(key));
    });
  }

  #bestOf(
    passages: StoredPassage[],
    most: number,
    match: (text: string) => WordMatches,
    vectors: PassageVectors | undefined,
  ): HitPassage[] {
    const meanings = this.#meanings(vectors);
    return passages
      .map((passage): HitPassage => {
        const { coverage, ranges } = match(passage.text);
        const wording = this.#mode === 'semantic' ? 0 : coverageScore(coverage);
        const score = round(eitherScore(meanings.get(passage.id) ?? 0, wording));
        return { ...passage, score, highlights: ranges, answer: null };
      })
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, most);
  }

  /** By the passages' ids: what the nearness in meaning says. */
  #meanings(vectors: PassageVectors | undefined): Map<number, number> {
    const meanings = new Map<number, number>();
    const { vector } = this.#query;
    if (!vector || !vectors) return meanings;
    for (const [place, id] of vectors.ids.entries()) {
      meanings.set(id, cosineScore(vectors.cosine(place, vector)));
    }
    return meanings;
  }

  #matcher(stemming: string): (text: string) => WordMatches {
    const matcher = this.#matchers.get(stemming) ?? wordMatcher(this.#query.words, stemming);
    this.#matchers.set(stemming, matcher);
    return matcher;
  }
}
