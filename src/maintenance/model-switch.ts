import type { Config } from '../config.js';
import { Reader } from '../documents/reader.js';
import type { EmbeddedParts } from '../embedded-parts.js';
import { LocalEmbedder } from '../embedding/local-embedder.js';
import { type LocalModel, prepareModel } from '../embedding/local-model.js';
import { AkinError } from '../errors.js';
import { readerOptions } from '../reading-parts.js';
import { Storage } from '../storage/storage.js';
import { clearOldVectors, Reembedding, type ReembeddingControl } from './reembedding.js';

/** The settings that say which model embeds, and how. */
export type ModelChoice = Pick<Config, 'model' | 'dtype' | 'pooling' | 'queryPrefix' | 'passagePrefix'>;

/** Stored passages and what is put before them have up to so many tokens. */
const LEAST_WINDOW = 192;

/**
 * Embeds all passages of an open index with another model and then lets that one serve: until then the old one does.
 * @throws AkinError CANCELLED where it is stopped; it goes on from there the next time
 */
export async function switchModel(
  parts: EmbeddedParts,
  config: Config,
  choice: ModelChoice,
  control: ReembeddingControl,
): Promise<void> {
  const { storage, index } = parts;
  const { model, embedder, reader } = await startNext({ ...config, ...choice });
  try {
    const reembedding = new Reembedding({ storage, embedder, reader });
    const growing = index.beside(reembedding.next, embedder.fingerprint.dimensions);
    for (;;) {
      await reembedding.catchUp(control);
      if (control.isStopped()) throw new AkinError('CANCELLED', 'The change of models was stopped.');
      await growing.follow();
      // From here to the end of the swap nothing else runs: no passage can come between.
      if (reembedding.isComplete && growing.last >= reembedding.next.last) break;
    }
    reembedding.swap();
    growing.takePlace();
  } catch (error) {
    await Promise.all([embedder.close(), reader.close()]);
    throw error;
  }
  // Still in the same turn; whatever fails from here on, the new model serves.
  const replaced = [parts.embedder.replace(embedder), parts.reader.replace(readerOptions(config, model))];
  await Promise.all([...replaced, reader.close()]);
  await clearOldVectors(storage);
}

/** The same for an index that no process has open; its old model need not be there any more. */
export async function reembedFolder(config: Config, control: ReembeddingControl): Promise<void> {
  const storage = Storage.open(config.index);
  try {
    await storage.upgrade();
    const { embedder, reader } = await startNext(config);
    try {
      const reembedding = new Reembedding({ storage, embedder, reader });
      await reembedding.catchUp(control);
      if (control.isStopped()) return;
      reembedding.swap();
      await clearOldVectors(storage);
    } finally {
      await Promise.all([embedder.close(), reader.close()]);
    }
  } finally {
    storage.close();
  }
}

/** Starts what embeds and reads with another model. @throws AkinError MODEL_INVALID for one that takes too little at a time */
export async function startNext(
  config: Config,
): Promise<{ model: LocalModel; embedder: LocalEmbedder; reader: Reader }> {
  const model = await prepareModel({ ...config, modelsFolder: config.models });
  if (model.window < LEAST_WINDOW) {
    throw new AkinError(
      'MODEL_INVALID',
      `The model ${model.name} takes ${model.window} tokens at a time, too few for the passages of this index. Ingest into another folder with it: akin ingest PATH --index DIR --model ${model.name}.`,
    );
  }
  const embedder = await LocalEmbedder.start(model, { threads: config.threads });
  return { model, embedder, reader: new Reader(readerOptions(config, model)) };
}
