import { eachWord, fold } from '../documents/words.js';
import { VectorRow } from '../embedding/vector-math.js';
import { isTelling } from './query-words.js';
import { SoughtTerms } from './sought-terms.js';
import type { SoughtWord } from './sought-words.js';

/** The unit vector of a folded word; null where there is none. */
export type VectorOfWord = (folded: string) => Float32Array | null;

/** A page of hits has some four hundred different words. */
const FIRST_WORDS = 512;

/** What words are that differ in upper case and accents alone. */
interface FoldedWord {
  /** The number of the last text that has it. */
  lastText: number;
}

/** A word of a passage as a query sees it. */
export interface SeenWord {
  folded: FoldedWord;
  vector: Float32Array | null;
  /** Whether it says something of what a text is about. */
  isTelling: boolean;
  /** The places in the query of the words that it is a form of. */
  formOf: readonly number[];
  /** Where in `#nearness` that of this word begins. */
  offset: number;
}

/** The words of passages in one language, each looked at once for a query. */
export class SeenWords {
  readonly #vectorOf: VectorOfWord;
  readonly #row: VectorRow;
  /** What `nearest` gives; of the next words it is another. */
  readonly #nearest: Float64Array;
  readonly #terms: SoughtTerms;
  /** By the words as they are written. */
  readonly #seen = new Map<string, SeenWord>();
  readonly #folded = new Map<string, FoldedWord>();
  #texts = 0;
  /** How near each word is to each of the query's, -1..1, one after the other; NaN where nobody has asked yet. */
  #nearness: Float64Array;

  /**
   * @param sought words of the query, each once, with their vectors
   * @param stemming as `stemmingOf` gives it
   */
  constructor(sought: QueryVectors, vectorOf: VectorOfWord, stemming: string) {
    this.#terms = new SoughtTerms(sought.words, stemming);
    this.#vectorOf = vectorOf;
    this.#row = new VectorRow(sought.vectors);
    this.#nearest = new Float64Array(sought.words.length);
    this.#nearness = new Float64Array(this.#row.stride * FIRST_WORDS).fill(Number.NaN);
  }

  /** The words of a text, those that are folded to the same once, in the order in which they come first. */
  of(text: string): SeenWord[] {
    const words: SeenWord[] = [];
    const now = ++this.#texts;
    eachWord(text, (start, end) => {
      const word = text.slice(start, end);
      const seen = this.#seen.get(word) ?? this.#see(word);
      if (seen.folded.lastText === now) return;
      seen.folded.lastText = now;
      words.push(seen);
    });
    return words;
  }

  /** For each of the query's words how near the nearest of these is, 0..1; forms of one word are as near as can be. */
  nearest(words: SeenWord[]): Float64Array {
    const nearest = this.#nearest.fill(0);
    for (const word of words) {
      if (Number.isNaN(this.#nearness[word.offset])) this.#compare(word);
      const { offset } = word;
      for (let place = 0; place < nearest.length; place++) {
        const nearness = this.#nearness[offset + place] as number;
        if (nearness > (nearest[place] as number)) nearest[place] = nearness;
      }
    }
    return nearest;
  }

  #compare({ vector, formOf, offset }: SeenWord): void {
    const { stride } = this.#row;
    if (vector) this.#row.dots(vector, this.#nearness, offset);
    else this.#nearness.fill(0, offset, offset + stride);
    for (const place of formOf) this.#nearness[offset + place] = 1;
  }

  #see(word: string): SeenWord {
    const folded = fold(word);
    const formOf = this.#terms.formOf(word);
    const offset = this.#seen.size * this.#row.stride;
    if (offset >= this.#nearness.length) this.#grow();
    const vector = this.#vectorOf(folded);
    const seen = { folded: this.#fold(folded), vector, isTelling: isTelling(folded), formOf, offset };
    this.#seen.set(word, seen);
    return seen;
  }

  #fold(folded: string): FoldedWord {
    const known = this.#folded.get(folded) ?? { lastText: 0 };
    this.#folded.set(folded, known);
    return known;
  }

  #grow(): void {
    const grown = new Float64Array(this.#nearness.length * 2).fill(Number.NaN);
    grown.set(this.#nearness);
    this.#nearness = grown;
  }
}

/** The words of a query and the vector of each. */
export interface QueryVectors {
  words: SoughtWord[];
  vectors: (Float32Array | null)[];
}
