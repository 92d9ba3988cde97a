import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { pino } from 'pino';
import { afterAll, beforeAll, inject } from 'vitest';
import { builtModule } from '../../scripts/bench/built-module.js';
import { databaseFor } from '../../scripts/database-for-tests.js';
import type { AccessKeys, NewKey } from '../../src/access/access-keys.js';
import type { SettingName } from '../../src/config.js';
import type { Engine } from '../../src/index.js';
import { readOwnerKey } from '../../src/storage/owner.js';
import { ROOT, temporaryFolder } from '../e2e/process.js';
import { TEST_SERVER } from './needs.js';

export type Settings = Partial<Record<SettingName, unknown>>;

/** An index that this process has open, and where it is. */
export interface OpenIndex {
  index: string;
  engine: Engine;
  settings: Settings;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Holds the sample corpus. Default: it is empty */
  corpus?: boolean;
  /** A folder whose index it is a copy of. Default: none */
  copyOf?: string;
  settings?: Settings;
}

/** Settings of an index for tests, on PostgreSQL where the tests run on it. */
async function configOf(index: string, settings: Settings) {
  const { loadConfig } = await builtModule<typeof import('../../src/config.js')>('config.js');
  const flags = { index, port: 0, ...settings };
  return loadConfig({ flags, environment: { ...process.env, ...databaseFor(index) } }).config;
}

/** Opens the index in a folder, which stays when it is closed. */
export async function openAt(index: string, settings: Settings = {}): Promise<Engine> {
  const { Engine } = await builtModule<typeof import('../../src/engine.js')>('engine.js');
  return Engine.open({ config: await configOf(index, settings) });
}

/** Opens an index in a folder of its own. */
export async function openIndex({
  corpus = false,
  copyOf = corpus && TEST_SERVER === null ? inject('corpusIndex') : '',
  settings = {},
}: OpenOptions = {}): Promise<OpenIndex> {
  const { path: index, remove } = temporaryFolder();
  if (copyOf) cpSync(copyOf, index, { recursive: true });
  const engine = await openAt(index, settings).catch((error: unknown) => {
    remove();
    throw error;
  });
  if (corpus && TEST_SERVER !== null) await engine.ingest([join(ROOT, 'corpus')]);
  const opened: OpenIndex = {
    index,
    engine,
    settings,
    close: async () => {
      await opened.engine.close();
      remove();
    },
  };
  return opened;
}

/** What an index holds, to see whether it was changed. */
async function contentOf(engine: Engine): Promise<Map<string, string>> {
  const { documents } = await engine.listDocuments({ limit: 1_000 });
  return new Map(documents.map((document) => [document.id, JSON.stringify(document)]));
}

/** An index that the tests of a worker share: starting the processes of one costs more than most tests. */
class SharedIndex {
  readonly #options: OpenOptions;
  #opened: Promise<OpenIndex & { content: Map<string, string> }> | undefined;

  constructor(options: OpenOptions) {
    this.#options = options;
  }

  /** As it was at first: what an earlier file has added is removed; where it has changed more, another is opened. */
  async get(): Promise<OpenIndex> {
    this.#opened ??= this.#open();
    const opened = await this.#opened;
    const { engine, content, close } = opened;
    for (const { id, status } of await engine.listJobs()) {
      if (status === 'queued' || status === 'running') await engine.cancelJob(id);
    }
    await engine.removeDocuments([...(await contentOf(engine)).keys()].filter((id) => !content.has(id)));
    if (isDeepStrictEqual(await contentOf(engine), content)) return opened;
    await close();
    this.#opened = this.#open();
    return this.#opened;
  }

  async #open(): Promise<OpenIndex & { content: Map<string, string> }> {
    const opened = await openIndex(this.#options);
    return { ...opened, content: await contentOf(opened.engine) };
  }
}

const empty = new SharedIndex({});
const withCorpus = new SharedIndex({ corpus: true });

/** The empty index that the tests of a worker share. */
export function sharedIndex(): Promise<OpenIndex> {
  return empty.get();
}

export interface App {
  address: string;
  engine: Engine;
  index: string;
  /** Each line of the log, as it was written. */
  log: Record<string, unknown>[];
  /** The text of a new key. */
  makeKey(wanted: NewKey): Promise<string>;
  keys: AccessKeys;
  /** What the commands of the user who runs the server send. */
  ownerKey: string;
  stop(): Promise<void>;
}

/** Serves an index as `akin serve` does, in this process. Keys are this app's alone. */
export async function startApp(opened: OpenIndex, settings: Settings = {}): Promise<App> {
  const { createApp, listen } =
    await builtModule<typeof import('../../src/http/server.js')>('http/server.js');
  const { KeyFolder } =
    await builtModule<typeof import('../../src/access/key-folder.js')>('access/key-folder.js');
  const config = await configOf(opened.index, { ...opened.settings, ...settings });
  const folder = temporaryFolder();
  const keys = new KeyFolder(folder.path);
  const log: Record<string, unknown>[] = [];
  const lines = new Writable({
    write: (line, _encoding, done) => {
      log.push(JSON.parse(String(line)));
      done();
    },
  });
  const logger = pino(
    { level: config.logLevel ?? 'warn', formatters: { level: (level) => ({ level }) } },
    lines,
  );
  const app = createApp(() => opened.engine, config, { keys, log: logger });
  const server = await listen(app, config, keys);
  opened.engine.announce(server.address);
  const stop = async (): Promise<void> => {
    await server.stop();
    folder.remove();
  };
  const makeKey = async (wanted: NewKey): Promise<string> => keys.create(wanted).key;
  const ownerKey = TEST_SERVER === null ? (readOwnerKey(opened.index) ?? '') : '';
  const { engine, index } = opened;
  return { address: server.address, engine, index, log, keys, makeKey, ownerKey, stop };
}

export interface UseOptions {
  /** Serve the index of the sample corpus that a worker's tests share. Default: the empty one that they share */
  corpus?: boolean;
  /** Serve an index of its own instead. */
  own?: OpenOptions;
  settings?: Settings;
}

/** Serves an index for the tests of a file or a `describe`. */
export function useApp({ corpus = false, own, settings }: UseOptions = {}): App {
  let app: App | undefined;
  let opened: OpenIndex | undefined;
  beforeAll(async () => {
    opened = await (own ? openIndex(own) : (corpus ? withCorpus : empty).get());
    app = await startApp(opened, settings);
  });
  afterAll(async () => {
    await app?.stop();
    if (own) await opened?.close();
  });
  return new Proxy({} as App, {
    get: (_target, name: keyof App) => {
      if (!app) throw new Error('The app is there once beforeAll has run.');
      return app[name];
    },
  });
}
