/** The part of a TensorFlow.js `model.json` that says where each weight lies in the shard. */
export interface WeightsManifest {
  weightsManifest: { weights: ManifestWeight[] }[];
}

interface ManifestWeight {
  name: string;
  dtype: string;
  shape: number[];
  quantization?: { dtype: string; min: number; scale: number };
}

/** A weight as the shard holds it: `value = bytes[i] · scale + min`. */
export interface QuantizedTensor {
  shape: number[];
  bytes: Uint8Array;
  scale: number;
  min: number;
}

const BYTES_PER_ELEMENT: Record<string, number> = { uint8: 1, int32: 4, float32: 4 };

/**
 * Reads the 8-bit weights of a TensorFlow.js shard by name; constants of other types, which only the
 * TensorFlow graph needs, are passed over. Format: the weights follow each other in manifest order.
 */
export function readTensors(manifest: WeightsManifest, shard: Uint8Array): Map<string, QuantizedTensor> {
  const tensors = new Map<string, QuantizedTensor>();
  let offset = 0;
  for (const { name, dtype, shape, quantization } of manifest.weightsManifest.flatMap(
    (group) => group.weights,
  )) {
    const size = BYTES_PER_ELEMENT[quantization?.dtype ?? dtype];
    if (size === undefined) throw new Error(`Weight ${name} has the unknown type ${dtype}`);
    const length = size * shape.reduce((product, dimension) => product * dimension, 1);
    if (quantization?.dtype === 'uint8') {
      const { scale, min } = quantization;
      tensors.set(name, { shape, bytes: shard.subarray(offset, offset + length), scale, min });
    }
    offset += length;
  }
  if (offset !== shard.length)
    throw new Error(`The weights take ${offset} bytes, the shard has ${shard.length}`);
  return tensors;
}

/** The byte that stands for zero. */
export function zeroPoint({ min, scale }: QuantizedTensor): number {
  return Math.round(-min / scale);
}

/** The weights as 32-bit floats, in the tensor's own order. */
export function dequantize({ bytes, min, scale }: QuantizedTensor): Float32Array {
  return new Float32Array(bytes).map((byte) => byte * scale + min);
}

/** The bytes as signed ones: onnxruntime multiplies uint8 by int8 faster than uint8 by uint8. */
export function toSigned({ bytes }: QuantizedTensor): Int8Array {
  return new Int8Array(new Int16Array(bytes).map((byte) => byte - 128));
}
