import { BUNDLED_MODEL } from '../embedding/bundled/install.js';
import type { Embedder, ModelFingerprint } from '../embedding/embedder.js';
import { AkinError } from '../errors.js';
import type { ModelChoice } from '../maintenance/model-switch.js';
import type { StoredIndex } from '../storage/stored-index.js';

/** What the settings say of the model where nobody says anything. */
export const DEFAULT_MODEL: ModelChoice = {
  model: BUNDLED_MODEL,
  dtype: 'int8',
  pooling: 'mean',
  queryPrefix: '',
  passagePrefix: '',
};

/**
 * The model that an index was made with, for settings that name none: they are the default ones.
 * @param fingerprint as the index has it; null in an empty one
 */
export function modelOfIndex(fingerprint: string | null, settings: ModelChoice): ModelChoice {
  if (fingerprint === null || !isDefault(settings)) return settings;
  const { model, dtype, pooling, queryPrefix, passagePrefix } = JSON.parse(fingerprint) as ModelFingerprint;
  return { model, dtype, pooling, queryPrefix, passagePrefix };
}

/**
 * Different models never mix: an index keeps to the one that made its vectors.
 * @throws AkinError MODEL_MISMATCH
 */
export async function checkFingerprint(storage: StoredIndex, embedder: Embedder): Promise<void> {
  const now = JSON.stringify(embedder.fingerprint);
  const then = await storage.fingerprint();
  if (then === now) return;
  if (then === null || (await storage.vectors.count()) === 0) {
    await storage.recordFingerprint(now, embedder.fingerprint.dimensions);
    return;
  }
  const { model, dtype } = JSON.parse(then) as ModelFingerprint;
  const { model: named, dtype: namedDtype } = embedder.fingerprint;
  throw new AkinError(
    'MODEL_MISMATCH',
    `The index ${storage.place} was made with ${model} (${dtype}), the settings name ${named} (${namedDtype}) with other files or options. Set AKIN_MODEL and its options back, or embed all of it with this one: akin reembed --model ${named}.`,
  );
}

function isDefault(settings: ModelChoice): boolean {
  const names = Object.keys(DEFAULT_MODEL) as (keyof ModelChoice)[];
  return names.every((name) => settings[name] === DEFAULT_MODEL[name]);
}
