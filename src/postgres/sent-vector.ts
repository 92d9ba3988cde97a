/** In front of the numbers: how many there are, and two bytes that are not used. */
const HEAD_BYTES = 4;

/** A vector as pgvector's `vector_send` gives it: big-endian 32-bit floats. */
export function fromSent(bytes: Buffer): Float32Array {
  const size = (bytes.byteLength - HEAD_BYTES) / Float32Array.BYTES_PER_ELEMENT;
  // A copy, whose bytes are then turned round in place.
  const own = Buffer.from(bytes.subarray(HEAD_BYTES)).swap32();
  return new Float32Array(new Uint8Array(own).buffer, 0, size);
}
