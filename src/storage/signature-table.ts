import { SIGNATURE_LENGTH, type Signature } from '../documents/shingles.js';

/**
 * Signatures are looked up by two numbers in a row: of two texts that share a part s of their shingles, 1 − (1 − s²)³²
 * are found, 0.99 at 0.37.
 */
const BAND_LENGTH = 2;
const BANDS = SIGNATURE_LENGTH / BAND_LENGTH;

const SMALLEST_CAPACITY = 1_024;
/** Marks the end of a chain; places are counted from 1. */
const NONE = 0;

/**
 * Documents by the bands of their signatures (locality-sensitive hashing; Indyk and Motwani, "Approximate nearest
 * neighbors", 1998), in memory: 32 chained hash tables in typed arrays, some 400 bytes a document. It only proposes:
 * what is gone or was changed since it was added stays in it, and numbers may meet by chance.
 */
export class SignatureTable {
  /** The document at each place. */
  #documents = new Uint32Array(SMALLEST_CAPACITY);
  #bands = Array.from({ length: BANDS }, (_, band) => new BandTable(band));
  #last = NONE;

  add(document: number, signature: Signature): void {
    const place = ++this.#last;
    if (place >= this.#documents.length) this.#documents = grown(this.#documents);
    this.#documents[place] = document;
    for (const [band, table] of this.#bands.entries()) table.add(place, hashOf(signature, band));
  }

  /** Documents that may have a band of a signature, each once. */
  proposed(signature: Signature): Set<number> {
    const found = new Set<number>();
    for (const [band, table] of this.#bands.entries())
      for (const place of table.placesOf(hashOf(signature, band)))
        found.add(this.#documents[place] as number);
    return found;
  }
}

/** The places of one band, by its hash. */
class BandTable {
  /** The last place of each chain. */
  #heads: Uint32Array;
  /** What comes after each place in its chain, and its hash, by which chains are made anew. */
  #next = new Uint32Array(SMALLEST_CAPACITY);
  #hashes = new Uint32Array(SMALLEST_CAPACITY);

  constructor(band: number) {
    // Each table is made anew at a number of places of its own, so that no write waits for all of them.
    this.#heads = new Uint32Array(Math.round(SMALLEST_CAPACITY * 2 ** (band / BANDS)));
  }

  add(place: number, hash: number): void {
    if (place >= this.#next.length) {
      this.#next = grown(this.#next);
      this.#hashes = grown(this.#hashes);
    }
    this.#hashes[place] = hash;
    if (place > this.#heads.length) this.#widen(place);
    else this.#chain(place);
  }

  *placesOf(hash: number): Generator<number> {
    const first = this.#heads[hash % this.#heads.length] as number;
    for (let place = first; place !== NONE; place = this.#next[place] as number)
      if (this.#hashes[place] === hash) yield place;
  }

  #chain(place: number): void {
    const head = (this.#hashes[place] as number) % this.#heads.length;
    this.#next[place] = this.#heads[head] as number;
    this.#heads[head] = place;
  }

  #widen(last: number): void {
    this.#heads = new Uint32Array(this.#heads.length * 2);
    for (let place = 1; place <= last; place++) this.#chain(place);
  }
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function hashOf(signature: Signature, band: number): number {
  const one = signature[band * BAND_LENGTH] as number;
  const other = signature[band * BAND_LENGTH + 1] as number;
  return (Math.imul(one, 0x85ebca6b) ^ Math.imul(other, 0x9e3779b1)) >>> 0;
}
