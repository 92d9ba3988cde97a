import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AkinError } from '../errors.js';
import {
  BUNDLED_DIMENSIONS,
  BUNDLED_MODEL,
  BUNDLED_WINDOW,
  type Dtype,
  GRAPH_FILES,
  hashOfFile,
  installBundledModel,
} from './bundled/install.js';
import { type DownloadProgress, downloadModel, type HubModel } from './download.js';

/** The longest input that is given to a model that allows more; the work grows with its square. */
const LONGEST_WINDOW = 512;

/** What is needed to run a model that lies in a folder of this machine. */
export interface LocalGraph {
  folder: string;
  graphFile: string;
  /** The longest input in tokens, the special ones included. */
  window: number;
  /** Whether a result is the same in every batch; a model whose is not is given one input at a time. */
  batchInvariant: boolean;
}

/** A model that embeds, with all that makes its vectors what they are. */
export interface LocalModel extends LocalGraph {
  name: string;
  sha256: string;
  /** Of its vectors, where they are known before it runs. */
  dimensions: number | null;
  dtype: Dtype;
  pooling: 'mean' | 'cls';
  queryPrefix: string;
  passagePrefix: string;
}

export interface ModelSettings {
  /** `all-MiniLM-L6-v2`, which Akin brings along, a folder, or a name on the hub. */
  model: string;
  /** Where the bundled and the downloaded models are kept. */
  modelsFolder: string;
  dtype: Dtype;
  pooling: 'mean' | 'cls';
  queryPrefix: string;
  passagePrefix: string;
  hubUrl: string;
}

/**
 * Finds the model that the settings name, and puts it in place where it is not there yet.
 *
 * @param onDownload told how a download from the hub goes on
 * @throws AkinError MODEL_INVALID for a folder without a model, MODEL_UNAVAILABLE where the hub can't be reached
 */
export async function prepareModel(
  settings: ModelSettings,
  onDownload?: (progress: DownloadProgress) => void,
): Promise<LocalModel> {
  const { model: name, modelsFolder, dtype, pooling, queryPrefix, passagePrefix } = settings;
  const graphFile = GRAPH_FILES[dtype];
  const bundled = name === BUNDLED_MODEL;
  const folder = bundled
    ? await installBundledModel(modelsFolder, dtype)
    : ((await existingFolder(name)) ?? (await downloadModel(settings, graphFile, 'AKIN_MODEL', onDownload)));
  const graphHash = await hashOfFile(join(folder, graphFile));
  const tokenizerHash = await hashOfFile(join(folder, 'tokenizer.json'));
  if (!graphHash || !tokenizerHash) {
    const missing = graphHash ? 'tokenizer.json' : graphFile;
    throw new AkinError(
      'MODEL_INVALID',
      `The model folder ${folder} has no ${missing}. Set AKIN_MODEL to a folder in the layout of transformers.js, or AKIN_DTYPE to the type that is there.`,
    );
  }
  return {
    name,
    folder,
    graphFile,
    sha256: `${graphHash}+${tokenizerHash}`,
    dimensions: bundled ? BUNDLED_DIMENSIONS : null,
    dtype,
    pooling,
    window: bundled ? BUNDLED_WINDOW : await windowOf(folder),
    queryPrefix,
    passagePrefix,
    batchInvariant: bundled || dtype === 'float32',
  };
}

/**
 * The same for a cross-encoder.
 * @throws AkinError MODEL_INVALID for a folder without a model, MODEL_UNAVAILABLE where the hub can't be reached
 */
export async function prepareReranker(
  settings: HubModel,
  onDownload?: (progress: DownloadProgress) => void,
): Promise<LocalGraph> {
  const graphFile = GRAPH_FILES[settings.dtype];
  const folder =
    (await existingFolder(settings.model)) ??
    (await downloadModel(settings, graphFile, 'AKIN_RERANKER', onDownload));
  for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json', graphFile]) {
    if (existsSync(join(folder, name))) continue;
    throw new AkinError(
      'MODEL_INVALID',
      `The reranker's folder ${folder} has no ${name}. Set AKIN_RERANKER to a folder in the layout of transformers.js, or AKIN_RERANKER_DTYPE to the type that is there, or leave AKIN_RERANKER out.`,
    );
  }
  return { folder, graphFile, window: await windowOf(folder), batchInvariant: settings.dtype === 'float32' };
}

async function existingFolder(name: string): Promise<string | null> {
  const folder = resolve(name);
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return found?.isDirectory() ? folder : null;
}

async function windowOf(folder: string): Promise<number> {
  const tokenizer = await readJson(join(folder, 'tokenizer_config.json'));
  const config = await readJson(join(folder, 'config.json'));
  const limits = [tokenizer.model_max_length, config.max_position_embeddings, LONGEST_WINDOW];
  return Math.min(...limits.filter((limit): limit is number => typeof limit === 'number' && limit > 0));
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new AkinError('MODEL_INVALID', `${path} can't be read as JSON; the model is incomplete.`, {
      cause: error,
    });
  }
}
