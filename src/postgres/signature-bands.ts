import { SIGNATURE_LENGTH, type Signature } from '../documents/shingles.js';

/**
 * Signatures are looked up by two numbers in a row: of two texts that share a part s of their shingles, 1 − (1 − s²)³²
 * are found, 0.99 at 0.37.
 */
const BAND_LENGTH = 2;

/** The bands of a signature as 32-bit numbers (locality-sensitive hashing): those of like texts have some in common. */
export function bandsOf(signature: Signature): number[] {
  return Array.from({ length: SIGNATURE_LENGTH / BAND_LENGTH }, (_, band) => {
    const [one, other] = [signature[band * BAND_LENGTH] ?? 0, signature[band * BAND_LENGTH + 1] ?? 0];
    return Math.imul(Math.imul(one, 0x85ebca6b) ^ Math.imul(other, 0x9e3779b1) ^ band, 0xc2b2ae35);
  });
}
