import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { termsOf } from '../../src/documents/terms.js';
import { sentencesOf } from '../../src/search/sentences.js';
import { seededRandom } from './random.js';

const COLLECTIONS = ['scifact', 'medline', 'cranfield', 'time'];
const LANGUAGE = 'en';

/** A document as its terms, in their order. */
export interface DocumentOfTerms {
  title: string[];
  text: string[];
}

/** The documents of the judged collections, and more that are made of their sentences. */
export class MadeDocuments {
  /** By document, by sentence. */
  readonly #sentences: string[][][];
  readonly #titles: string[][];

  /** @param data with `retrieval/` in it */
  constructor(data: string) {
    const documents = COLLECTIONS.flatMap((name) =>
      readFileSync(join(data, 'retrieval', name, 'corpus.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line): { title?: string; text: string } => JSON.parse(line)),
    ).filter(({ text }) => text !== '');
    const terms = (text: string): string[] => termsOf(text, LANGUAGE).map(({ term }) => term);
    this.#titles = documents.map(({ title }) => terms(title ?? ''));
    this.#sentences = documents.map(({ text }) =>
      sentencesOf(text, LANGUAGE).map(([start, end]) => terms(text.slice(start, end))),
    );
  }

  /** How many real ones there are. */
  get real(): number {
    return this.#titles.length;
  }

  /** The real ones first; then each has a real one's title and as many sentences, half of them its own. */
  *make(count: number, seed: number): Generator<DocumentOfTerms> {
    const random = seededRandom(seed);
    for (let number = 0; number < count; number++) {
      const like = number % this.real;
      const own = this.#sentences[like] ?? [];
      const drawn = own.map((sentence, place) =>
        number < this.real || place % 2 === 0 ? sentence : random.oneOf(random.oneOf(this.#sentences)),
      );
      yield { title: this.#titles[like] ?? [], text: drawn.flat() };
    }
  }
}
