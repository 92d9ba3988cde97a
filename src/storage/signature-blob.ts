import type { Signature } from '../documents/shingles.js';

/** A signature as databases keep it: little-endian 32-bit numbers. */
export function toSignature(blob: Buffer): Signature {
  // A copy: a database's buffers need not lie at a multiple of four.
  return new Uint32Array(new Uint8Array(blob).buffer);
}
