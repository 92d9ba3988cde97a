import { Tensor } from '@xenova/transformers';
import onnxruntime from 'onnxruntime-node';

/** Opens a graph on one thread of onnxruntime. */
export function openGraph(path: string): Promise<onnxruntime.InferenceSession> {
  return onnxruntime.InferenceSession.create(path, {
    // Without this onnxruntime 1.14 gives other vectors from the second run of a shape on.
    enableMemPattern: false,
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
}

/**
 * Rows of different length as one int64 tensor, [rows × longest].
 * @param padding what a shorter row is filled up with
 */
export function paddedTensor(rows: number[][], padding: number): Tensor {
  const length = Math.max(...rows.map((row) => row.length));
  const data = new BigInt64Array(rows.length * length).fill(BigInt(padding));
  for (const [index, row] of rows.entries()) data.set(row.map(BigInt), index * length);
  return new Tensor('int64', data, [rows.length, length]);
}
