import { eachWord, fold } from '../documents/words.js';
import { dot } from '../embedding/vector-math.js';
import { isTelling } from './query-words.js';
import { SoughtTerms } from './sought-terms.js';
import type { SoughtWord } from './sought-words.js';

/** The unit vector of a folded word; null where there is none. */
export type VectorOfWord = (folded: string) => Float32Array | null;

/** A word of a passage as a query sees it. */
export interface SeenWord {
  /** In lower case and without accents. */
  folded: string;
  vector: Float32Array | null;
  /** Whether it says something of what a text is about. */
  isTelling: boolean;
  /** The places in the query of the words that it is a form of. */
  formOf: readonly number[];
  /** How near it is to each of the query's words, 0..1; NaN where nobody has asked yet. */
  nearness: Float64Array;
}

/** The words of passages in one language, each looked at once for a query. */
export class SeenWords {
  readonly #vectorOf: VectorOfWord;
  readonly #vectors: (Float32Array | null)[];
  readonly #terms: SoughtTerms;
  /** By the words as they are written. */
  readonly #seen = new Map<string, SeenWord>();

  /**
   * @param sought words of the query, each once, with their vectors
   * @param stemming as `stemmingOf` gives it
   */
  constructor(sought: QueryVectors, vectorOf: VectorOfWord, stemming: string) {
    this.#terms = new SoughtTerms(sought.words, stemming);
    this.#vectorOf = vectorOf;
    this.#vectors = sought.vectors;
  }

  /** The words of a text, those that are folded to the same once, in the order in which they come first. */
  of(text: string): SeenWord[] {
    const words = new Map<string, SeenWord>();
    eachWord(text, (start, end) => {
      const word = text.slice(start, end);
      const seen = this.#seen.get(word) ?? this.#see(word);
      words.set(seen.folded, seen);
    });
    return [...words.values()];
  }

  /** How near a word is to one of the query's, 0..1; forms of one word are as near as can be. */
  nearness(word: SeenWord, place: number): number {
    const known = word.nearness[place] as number;
    if (!Number.isNaN(known)) return known;
    const vector = this.#vectors[place];
    const nearness = word.vector && vector ? Math.max(0, dot(vector, word.vector)) : 0;
    word.nearness[place] = nearness;
    return nearness;
  }

  #see(word: string): SeenWord {
    const folded = fold(word);
    const formOf = this.#terms.formOf(word);
    const nearness = new Float64Array(this.#vectors.length).fill(Number.NaN);
    for (const place of formOf) nearness[place] = 1;
    const seen = { folded, vector: this.#vectorOf(folded), isTelling: isTelling(folded), formOf, nearness };
    this.#seen.set(word, seen);
    return seen;
  }
}

/** The words of a query and the vector of each. */
export interface QueryVectors {
  words: SoughtWord[];
  vectors: (Float32Array | null)[];
}
