import type { Random } from '../bench/random.js';

const SYLLABLES = [
  'ba',
  'co',
  'du',
  'fe',
  'gri',
  'ha',
  'lo',
  'mi',
  'nor',
  'pe',
  'ru',
  'sta',
  'ti',
  'vel',
  'wa',
];
const WORDS = 600;
const SENTENCES = { least: 2, more: 8 };
const WORDS_OF_SENTENCE = { least: 5, more: 9 };

/** Texts of made-up words: no two alike enough to be versions of one story. */
export class Texts {
  readonly #random: Random;
  readonly #words: string[];

  constructor(random: Random) {
    this.#random = random;
    this.#words = Array.from({ length: WORDS }, () =>
      Array.from({ length: 2 + random.below(2) }, () => random.oneOf(SYLLABLES)).join(''),
    );
  }

  text(): string {
    const sentences = SENTENCES.least + this.#random.below(SENTENCES.more);
    return Array.from({ length: sentences }, () => this.#sentence()).join(' ');
  }

  query(): string {
    return Array.from({ length: 3 }, () => this.#random.oneOf(this.#words)).join(' ');
  }

  #sentence(): string {
    const words = WORDS_OF_SENTENCE.least + this.#random.below(WORDS_OF_SENTENCE.more);
    const sentence = Array.from({ length: words }, () => this.#random.oneOf(this.#words)).join(' ');
    return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
  }
}
