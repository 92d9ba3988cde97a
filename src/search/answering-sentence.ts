import { stemmingOf } from '../documents/stem.js';
import { termsOf } from '../documents/terms.js';
import { addTo, dot, meanVector } from '../embedding/vector-math.js';
import { keyOf } from '../storage/match-terms.js';
import type { TextRange } from './highlight.js';
import { isTelling } from './query-words.js';
import { sentencesOf } from './sentences.js';
import type { SoughtWord } from './sought-words.js';

/** The unit vector of a folded word; null where there is none. */
export type VectorOfWord = (folded: string) => Float32Array | null;

/** Words of the query that are compared; one that is longer is a text of its own. */
const MOST_WORDS = 32;

/** A word of a passage as the query sees it. */
interface SeenWord {
  vector: Float32Array | null;
  isTelling: boolean;
  /** How near it is to each of the query's words, 0..1; forms of one word are as near as can be. */
  nearness: number[];
}

/**
 * Finds the sentence of a passage that answers a query best, also when they share no word. Two kinds of evidence
 * are added: for each of the query's words the nearest word of the sentence, and the nearness of the two as wholes.
 */
export class AnsweringSentence {
  readonly #vectorOf: VectorOfWord;
  readonly #sought: { terms: Set<string>; vector: Float32Array | null }[];
  readonly #whole: Float32Array | null;
  readonly #seen = new Map<string, SeenWord>();

  /** @param words of the query, each once */
  constructor(words: SoughtWord[], vectorOf: VectorOfWord) {
    this.#vectorOf = vectorOf;
    this.#sought = words
      .slice(0, MOST_WORDS)
      .map(({ folded, terms }) => ({ terms: new Set(terms.map(keyOf)), vector: vectorOf(folded) }));
    this.#whole = meanVector(this.#sought.map(({ vector }) => vector).filter((vector) => vector !== null));
  }

  /** The best sentence's place in the passage; null where nothing in it has to do with the query. */
  in(passage: string, language: string | null): TextRange | null {
    let best: TextRange | null = null;
    let most = 0;
    for (const range of sentencesOf(passage, language)) {
      const score = this.#score(passage.slice(...range), language);
      if (score <= most) continue;
      most = score;
      best = range;
    }
    return best;
  }

  #score(sentence: string, language: string | null): number {
    const words = this.#distinctWords(sentence, language);
    let total = 0;
    for (const index of this.#sought.keys()) {
      let nearest = 0;
      for (const { nearness } of words) nearest = Math.max(nearest, nearness[index] ?? 0);
      total += nearest;
    }
    return total / (this.#sought.length || 1) + this.#nearnessAsWhole(words);
  }

  #nearnessAsWhole(words: SeenWord[]): number {
    if (!this.#whole) return 0;
    const sum = new Float32Array(this.#whole.length);
    for (const word of words) if (word.isTelling && word.vector) addTo(sum, word.vector);
    return dot(this.#whole, sum) / (Math.sqrt(dot(sum, sum)) || 1);
  }

  #distinctWords(sentence: string, language: string | null): SeenWord[] {
    const stemming = stemmingOf(language);
    const words = new Map<string, string>();
    for (const { folded, term } of termsOf(sentence, language)) words.set(folded, keyOf({ term, stemming }));
    return Array.from(words, ([folded, term]) => this.#see(folded, term));
  }

  /** @param term with the stemming, as `keyOf` joins them */
  #see(folded: string, term: string): SeenWord {
    const key = `${folded} ${term}`;
    const known = this.#seen.get(key);
    if (known) return known;
    const vector = this.#vectorOf(folded);
    const nearness = this.#sought.map((sought) => {
      if (sought.terms.has(term)) return 1;
      return vector && sought.vector ? Math.max(0, dot(sought.vector, vector)) : 0;
    });
    const seen = { vector, isTelling: isTelling(folded), nearness };
    this.#seen.set(key, seen);
    return seen;
  }
}
