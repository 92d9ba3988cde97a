import type { Embedder } from '../embedding/embedder.js';
import { AkinError } from '../errors.js';
import type { Storage } from '../storage/storage.js';

/**
 * Different models never mix: an index keeps to the one that made its vectors.
 * @throws AkinError MODEL_MISMATCH
 */
export function checkFingerprint(storage: Storage, embedder: Embedder): void {
  const now = JSON.stringify(embedder.fingerprint);
  const then = storage.fingerprint();
  if (then === now) return;
  if (then === null || storage.vectors.count() === 0) {
    storage.recordFingerprint(now);
    return;
  }
  const { model, dtype } = JSON.parse(then);
  throw new AkinError(
    'MODEL_MISMATCH',
    `The index ${storage.folder} was made with ${model} (${dtype}), the settings name ${embedder.fingerprint.model} (${embedder.fingerprint.dtype}) with other files or options. Set AKIN_MODEL and its options back, or embed again into another folder: akin ingest PATH --index DIR.`,
  );
}
