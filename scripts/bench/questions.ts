import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from './random.js';

const COLLECTIONS = ['scifact', 'medline', 'cranfield', 'time'];

/** Queries that are all different, without end in practice: those of the judged collections, then their titles. */
export class Questions {
  readonly #texts: string[];
  #next = 0;

  /** @param data with `retrieval/` in it */
  constructor(data: string, seed: number) {
    const read = (name: string, file: string, field: 'text' | 'title'): string[] =>
      readFileSync(join(data, 'retrieval', name, file), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)[field])
        .filter((text) => typeof text === 'string' && text.trim() !== '');
    const asked = COLLECTIONS.flatMap((name) => read(name, 'queries.jsonl', 'text'));
    const titles = COLLECTIONS.flatMap((name) => read(name, 'corpus.jsonl', 'title'));
    const random = seededRandom(seed);
    const mixed = [...new Set([...asked, ...titles])].map((text) => ({ text, place: random.number() }));
    this.#texts = mixed.sort((a, b) => a.place - b.place).map(({ text }) => text);
  }

  /** One that was not given before. @throws Error where all were */
  next(): string {
    const text = this.#texts[this.#next++];
    if (text === undefined) throw new Error('All questions were asked.');
    return text;
  }
}
