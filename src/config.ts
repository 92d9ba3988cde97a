import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { DATABASE_SETTINGS } from './database-settings.js';
import { DEFAULT_LIMITS, type ReadLimits } from './documents/limits.js';
import { SETTINGS_FILE } from './documents/own-files.js';
import { BUNDLED_MODEL } from './embedding/bundled/install.js';
import { AkinError, errorMessage } from './errors.js';
import { SERVER_SETTINGS } from './server-settings.js';

const limit = (name: keyof ReadLimits, meaning: string) =>
  z.coerce.number().int().min(1).default(DEFAULT_LIMITS[name]).describe(meaning);

/** True or false; the environment and the command line write it as `1`, `true`, `0` or `false`. */
const flag = (value: boolean) =>
  z
    .union([
      z.boolean(),
      z.enum(['1', 'true', '0', 'false']).transform((word) => word === '1' || word === 'true'),
    ])
    .default(value);

/** Every setting, what it takes, and what holds where nobody says otherwise. */
const SETTINGS = {
  index: z.string().min(1).default('index').describe('folder of the index'),
  corpus: z.string().min(1).nullable().default(null).describe('folder that a server brings into the index'),
  host: z.string().min(1).default('127.0.0.1').describe('address that the server listens on'),
  port: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .describe('port of the server; 0 takes a free one'),
  model: z
    .string()
    .min(1)
    .default(BUNDLED_MODEL)
    .describe('the bundled model, a folder, or a name on the hub'),
  models: z.string().min(1).default(defaultModelsFolder()).describe('folder where models are kept'),
  dtype: z
    .enum(['int8', 'float32'])
    .optional()
    .describe('int8 or float32; other models than the bundled: float32'),
  pooling: z.enum(['mean', 'cls']).default('mean').describe('how a model makes one vector of many'),
  queryPrefix: z.string().default('').describe('text that a model wants before a query'),
  passagePrefix: z.string().default('').describe('text that a model wants before a passage'),
  reranker: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('a cross-encoder that orders the best hits anew: a folder, or a name on the hub'),
  rerankerDtype: z
    .enum(['int8', 'float32'])
    .default('int8')
    .describe('int8 or float32; in int8 more documents are read in the same time'),
  rerankMs: z.coerce
    .number()
    .int()
    .min(1)
    .max(60_000)
    .default(300)
    .describe('time that the reranker may take for a search'),
  rerankDepth: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(20)
    .describe('how many of the best documents the reranker reads'),
  hubUrl: z.url().default('https://huggingface.co/').describe('where models are downloaded from'),
  threads: z.coerce
    .number()
    .int()
    .min(1)
    .max(256)
    .default(availableParallelism())
    .describe('processes that embed documents, each on one thread'),
  maxFileBytes: z.coerce.number().int().min(1).default(100_000_000).describe('a larger file is not read'),
  maxTextCharacters: limit('maxTextCharacters', 'a longer text of one file is not taken'),
  maxPages: limit('maxPages', 'pages after these are not read'),
  maxArchiveEntries: limit('maxArchiveEntries', 'an archive with more files in it is not read'),
  maxArchiveBytes: limit('maxArchiveBytes', 'what an archive may expand to'),
  maxArchiveDepth: limit('maxArchiveDepth', 'how deep archives and attachments may stand in one another'),
  readerMemoryMb: z.coerce
    .number()
    .int()
    .min(64)
    .default(1_024)
    .describe('memory for reading files; one that needs more is given up'),
  ocr: flag(false).describe('read scanned PDFs with tesseract.js, where it is installed'),
  watch: flag(false).describe('a server follows its corpus: what changes there changes in the index'),
  followLinks: flag(false).describe('follow symbolic links in folders that are brought in'),
  maxBodyBytes: z.coerce
    .number()
    .int()
    .min(1)
    .default(32_000_000)
    .describe('a larger JSON request is refused'),
  fileTimeoutMs: z.coerce
    .number()
    .int()
    .min(1)
    .default(60_000)
    .describe('a file that takes longer is given up'),
  ...DATABASE_SETTINGS,
  ...SERVER_SETTINGS,
} as const;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

const schema = z.strictObject(SETTINGS);

/** All settings, checked; folders are absolute. */
export type Config = Readonly<Omit<z.output<typeof schema>, 'dtype'> & { dtype: 'int8' | 'float32' }>;

/** Where a setting's value came from. */
export type SettingOrigin = 'flag' | 'environment' | 'file' | 'default';

export interface ConfigSources {
  /** What the command line or the calling program says. */
  flags?: Partial<Record<SettingName, unknown>>;
  environment?: Record<string, string | undefined>;
  /** Where `akin.config.json` is looked for, and what relative folders are relative to. */
  folder?: string;
}

/**
 * Puts the settings together: a flag holds before the environment (`AKIN_MAX_FILE_BYTES`), that before
 * `akin.config.json`, that before the default.
 *
 * @throws AkinError INVALID_SETTING naming the setting and where it stands
 */
export function loadConfig({
  flags = {},
  environment = process.env,
  folder = process.cwd(),
}: ConfigSources = {}): {
  config: Config;
  origins: Record<SettingName, SettingOrigin>;
} {
  const file = readConfigFile(join(folder, SETTINGS_FILE));
  const values: Record<string, unknown> = {};
  const origins = {} as Record<SettingName, SettingOrigin>;
  for (const name of SETTING_NAMES) {
    const variable = environment[variableOf(name)];
    if (flags[name] !== undefined) [values[name], origins[name]] = [flags[name], 'flag'];
    else if (variable !== undefined && variable !== '')
      [values[name], origins[name]] = [variable, 'environment'];
    else if (file[name] !== undefined) [values[name], origins[name]] = [file[name], 'file'];
    else origins[name] = 'default';
  }
  const { success, data, error } = schema.safeParse(values);
  if (!success) {
    const [issue] = error.issues;
    const name = String(issue?.path[0]) as SettingName;
    const place = {
      flag: `--${name}`,
      environment: variableOf(name),
      file: `"${name}" in ${SETTINGS_FILE}`,
      default: name,
    };
    throw new AkinError('INVALID_SETTING', `${place[origins[name]]} is wrong: ${issue?.message}.`, {
      cause: error,
    });
  }
  const config: Config = Object.freeze({
    ...data,
    dtype: data.dtype ?? (data.model === BUNDLED_MODEL ? 'int8' : 'float32'),
    index: resolve(folder, data.index),
    models: resolve(folder, data.models),
    corpus: data.corpus === null ? null : resolve(folder, data.corpus),
  });
  return { config, origins };
}

/** The environment variable of a setting: `maxFileBytes` is `AKIN_MAX_FILE_BYTES`. */
export function variableOf(name: SettingName): string {
  return `AKIN_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** What a setting is for. */
export function descriptionOf(name: SettingName): string {
  return SETTINGS[name].description ?? '';
}

function readConfigFile(path: string): Partial<Record<string, unknown>> {
  if (!existsSync(path)) return {};
  let values: unknown;
  try {
    values = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new AkinError('INVALID_SETTING', `${path} can't be read as JSON: ${errorMessage(error)}.`, {
      cause: error,
    });
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new AkinError('INVALID_SETTING', `${path} must hold a JSON object of settings.`);
  }
  const unknown = Object.keys(values).find((name) => !SETTING_NAMES.includes(name as SettingName));
  if (unknown !== undefined) {
    throw new AkinError(
      'INVALID_SETTING',
      `${path}: "${unknown}" is no setting; there are ${SETTING_NAMES.join(', ')}.`,
    );
  }
  return values;
}

function defaultModelsFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'akin', 'models');
}
