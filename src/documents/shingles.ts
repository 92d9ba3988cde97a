import { wordsOf } from './words.js';

const SHINGLE_WORDS = 3;

/** Numbers in a signature. */
export const SIGNATURE_LENGTH = 64;

/**
 * The smallest hash under each of 64 hash functions of a text's shingles: the part of equal numbers in two
 * signatures estimates what part of their shingles two texts share (MinHash; Broder, "On the resemblance and
 * containment of documents", 1997).
 */
export type Signature = Uint32Array;

/** The three words in a row that a text has, each once. */
export function shinglesOf(text: string): Set<string> {
  const words = wordsOf(text).map(({ folded }) => folded);
  const shingles = new Set<string>();
  for (let i = 0; i <= Math.max(0, words.length - SHINGLE_WORDS); i++) {
    shingles.add(words.slice(i, i + SHINGLE_WORDS).join(' '));
  }
  return shingles;
}

export function signatureOf(text: string): Signature {
  const signature = new Uint32Array(SIGNATURE_LENGTH).fill(0xffffffff);
  for (const shingle of shinglesOf(text)) {
    const hash = hashOf(shingle);
    for (let i = 0; i < SIGNATURE_LENGTH; i++) {
      const own = mix(hash ^ Math.imul(i + 1, 0x9e3779b1));
      if (own < (signature[i] as number)) signature[i] = own;
    }
  }
  return signature;
}

/** The part of their shingles that two texts share, by their signatures: the Jaccard index, give or take 0.06. */
export function estimatedResemblance(one: Signature, other: Signature): number {
  let equal = 0;
  for (let i = 0; i < SIGNATURE_LENGTH; i++) if (one[i] === other[i]) equal++;
  return equal / SIGNATURE_LENGTH;
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** The finalizer of MurmurHash3: each bit of the number sways each bit of what comes out. */
function mix(number: number): number {
  let hash = number;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
