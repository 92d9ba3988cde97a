import { keepsBeginnings } from '../documents/stem.js';
import { stemmedTerm } from '../documents/terms.js';
import { groupBy } from '../group-by.js';
import type { SoughtWord } from './sought-words.js';

const ASCII_END = 0x80;
const NONE: readonly number[] = [];

/** Tells which of a query's words a word of a text is a form of, where the text's words are stemmed in one way. */
export class SoughtTerms {
  readonly #stemming: string;
  readonly #places: Map<string, number[]>;
  /** For each ASCII character, 1 where words that begin with it may be forms; null where beginnings tell nothing. */
  readonly #beginnings: Uint8Array | null;

  /** @param stemming as `stemmingOf` gives it */
  constructor(words: SoughtWord[], stemming: string) {
    this.#stemming = stemming;
    const sought = words.flatMap(({ terms }, place) =>
      terms.flatMap(({ term, stemming: own }) => (own === stemming ? [{ term, place }] : [])),
    );
    this.#places = new Map(
      Array.from(
        groupBy(sought, ({ term }) => term),
        ([term, own]) => [term, own.map(({ place }) => place)],
      ),
    );
    this.#beginnings = keepsBeginnings(stemming) ? beginningsOf([...this.#places.keys()]) : null;
  }

  /** The places in the query of the words that a word, as it is written, is a form of. */
  formOf(word: string): readonly number[] {
    // Most words are told apart by their first letter: stems are made of the others alone.
    const first = word.charCodeAt(0);
    if (first < ASCII_END && this.#beginnings?.[first] === 0) return NONE;
    return this.#places.get(stemmedTerm(word, this.#stemming)) ?? NONE;
  }
}

function beginningsOf(terms: string[]): Uint8Array {
  const beginnings = new Uint8Array(ASCII_END);
  for (const term of terms) {
    for (const letter of [term.charAt(0), term.charAt(0).toUpperCase()]) {
      const unit = letter.charCodeAt(0);
      if (unit < ASCII_END) beginnings[unit] = 1;
    }
  }
  return beginnings;
}
