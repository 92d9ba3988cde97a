import { stemmingOf } from '../documents/stem.js';
import { addTo, dot, meanVector } from '../embedding/vector-math.js';
import type { TextRange } from './highlight.js';
import { type QueryVectors, type SeenWord, SeenWords, type VectorOfWord } from './seen-words.js';
import { sentencesOf } from './sentences.js';
import type { SoughtWord } from './sought-words.js';

/** Words of the query that are compared; one that is longer is a text of its own. */
const MOST_WORDS = 32;

/** A sentence before its words are compared one by one with the query's, which costs the most. */
interface Candidate {
  range: TextRange;
  words: SeenWord[];
  /** How near it is to the query as a whole, -1..1. */
  whole: number;
}

/**
 * Finds the sentence of a passage that answers a query best, also when they share no word. Two kinds of evidence
 * are added: for each of the query's words the nearest word of the sentence, and the nearness of the two as wholes.
 */
export class AnsweringSentence {
  readonly #vectorOf: VectorOfWord;
  readonly #sought: QueryVectors;
  readonly #whole: Float32Array | null;
  /** Of the vectors of one sentence after the other. */
  readonly #sum: Float32Array;
  /** By the way of stemming. */
  readonly #seen = new Map<string, SeenWords>();

  /** @param words of the query, each once */
  constructor(words: SoughtWord[], vectorOf: VectorOfWord) {
    this.#vectorOf = vectorOf;
    const compared = words.slice(0, MOST_WORDS);
    this.#sought = { words: compared, vectors: compared.map(({ folded }) => vectorOf(folded)) };
    this.#whole = meanVector(this.#sought.vectors.filter((vector) => vector !== null));
    this.#sum = new Float32Array(this.#whole?.length ?? 0);
  }

  /** The best sentence's place in the passage; null where nothing in it has to do with the query. */
  in(passage: string, language: string | null): TextRange | null {
    const seen = this.#wordsIn(stemmingOf(language));
    const candidates = sentencesOf(passage, language).map((range): Candidate => {
      const words = seen.of(passage.slice(...range));
      return { range, words, whole: this.#nearnessAsWhole(words) };
    });
    const [only] = candidates;
    // What its words add is never less than nothing.
    if (candidates.length === 1 && only && only.whole > 0) return only.range;
    let best: Candidate | null = null;
    let most = 0;
    for (const candidate of candidates) {
      // Its words add 1 at the most.
      if (candidate.whole + 1 <= most) continue;
      const score = this.#nearnessOfWords(candidate.words, seen) + candidate.whole;
      if (score <= most) continue;
      most = score;
      best = candidate;
    }
    return best?.range ?? null;
  }

  /** For each of the query's words the nearest of the sentence's, as a mean. */
  #nearnessOfWords(words: SeenWord[], seen: SeenWords): number {
    const nearest = seen.nearest(words);
    return nearest.reduce((total, nearness) => total + nearness, 0) / (nearest.length || 1);
  }

  #nearnessAsWhole(words: SeenWord[]): number {
    if (!this.#whole) return 0;
    const sum = this.#sum.fill(0);
    for (const { vector, isTelling } of words) if (vector && isTelling) addTo(sum, vector);
    return dot(this.#whole, sum) / (Math.sqrt(dot(sum, sum)) || 1);
  }

  #wordsIn(stemming: string): SeenWords {
    const seen = this.#seen.get(stemming) ?? new SeenWords(this.#sought, this.#vectorOf, stemming);
    this.#seen.set(stemming, seen);
    return seen;
  }
}
