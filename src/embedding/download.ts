import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AkinError, errorMessage } from '../errors.js';
import type { Dtype } from './bundled/install.js';

/** Which model is wanted, and where it is kept if it has to be downloaded. */
export interface HubModel {
  /** A folder, or a name on the hub: `OWNER/NAME`. */
  model: string;
  modelsFolder: string;
  dtype: Dtype;
  hubUrl: string;
}

/** How much of one file of a model has come. `total` is 0 where the hub does not say. */
export interface DownloadProgress {
  file: string;
  loaded: number;
  total: number;
}

const NAME_ON_HUB = /^[\w.-]+\/[\w.-]+$/;

/**
 * Brings a model from the hub into the models folder, through transformers.js, and gives its folder. One that
 * is there already is not asked for again. An interrupted download leaves nothing that could be taken for a model.
 *
 * @param variable the setting that named the model, for the errors to name
 * @throws AkinError MODEL_UNAVAILABLE where the hub can't be reached or has no such model
 */
export async function downloadModel(
  { model, modelsFolder, dtype, hubUrl }: HubModel,
  graphFile: string,
  variable: string,
  onProgress: (progress: DownloadProgress) => void = () => undefined,
): Promise<string> {
  if (!NAME_ON_HUB.test(model)) {
    throw new AkinError(
      'MODEL_UNAVAILABLE',
      `There is no folder "${model}", and it is no name on the hub (OWNER/NAME). Set ${variable} to one of them, or leave it out.`,
    );
  }
  const folder = join(modelsFolder, model);
  if (existsSync(join(folder, graphFile))) return folder;

  await mkdir(dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(join(modelsFolder, '.download-'));
  try {
    const { AutoModel, AutoTokenizer, env } = await import('@xenova/transformers');
    env.allowRemoteModels = true;
    env.allowLocalModels = false;
    env.remoteHost = hubUrl.endsWith('/') ? hubUrl : `${hubUrl}/`;
    env.cacheDir = unfinished;
    const progress_callback = (event: {
      status: string;
      file: string;
      loaded: number;
      total: number;
    }): void => {
      if (event.status === 'progress')
        onProgress({ file: event.file, loaded: event.loaded, total: event.total || 0 });
    };
    await AutoTokenizer.from_pretrained(model, { progress_callback });
    const network = await AutoModel.from_pretrained(model, {
      quantized: dtype === 'int8',
      progress_callback,
    });
    await network.dispose();
    await rm(folder, { recursive: true, force: true });
    await rename(join(unfinished, model), folder);
    return folder;
  } catch (error) {
    throw new AkinError(
      'MODEL_UNAVAILABLE',
      `The model ${model} can't be had from ${hubUrl} (${errorMessage(error)}). Check the name and the network, set AKIN_HUB_URL to a mirror, or set ${variable} to a folder that holds it; without ${variable} nothing is downloaded.`,
      { cause: error },
    );
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
