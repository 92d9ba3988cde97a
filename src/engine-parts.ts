import type { Config } from './config.js';
import { type ReadLimits, readLimits } from './documents/limits.js';
import { Reader, type ReaderOptions } from './documents/reader.js';
import { CurrentEmbedder } from './embedding/current-embedder.js';
import type { DownloadProgress } from './embedding/download.js';
import { LocalEmbedder } from './embedding/local-embedder.js';
import { type LocalModel, prepareModel, prepareReranker } from './embedding/local-model.js';
import { Reranker } from './embedding/reranker.js';
import { checkFingerprint, modelOfIndex } from './ingest/check-fingerprint.js';
import { Spool } from './ingest/spool.js';
import { KeywordIndex } from './keyword-index/keyword-index.js';
import { AnswerMarker } from './search/answer-marker.js';
import { explainDamage } from './storage/damage.js';
import { Storage } from './storage/storage.js';
import type { UpgradeProgress } from './storage/upgrade-documents.js';
import { VectorIndex } from './vector-index/vector-index.js';

export interface EngineOptions {
  config: Config;
  onDownload?: (progress: DownloadProgress) => void;
  /** Told how it goes on where an index is brought up to date that an older Akin made. */
  onUpgrade?: (progress: UpgradeProgress) => void;
  /** How long to wait for a process that holds the index, in milliseconds. Default: a second */
  patienceMs?: number;
}

/** What an engine works with. */
export interface EngineParts {
  storage: Storage;
  embedder: CurrentEmbedder;
  /** Null where none is set. */
  reranker: Reranker | null;
  index: VectorIndex;
  keywords: KeywordIndex;
  marker: AnswerMarker;
  reader: Reader;
  spool: Spool;
  limits: ReadLimits;
  ocr: boolean;
  followLinks: boolean;
}

/** Opens all that an engine works with; what is open already is closed where something can't be opened. */
export async function openParts({
  config,
  onDownload,
  onUpgrade,
  ...waiting
}: EngineOptions): Promise<EngineParts> {
  const storage = Storage.open(config.index, waiting);
  const closing: (() => unknown)[] = [() => storage.close()];
  try {
    await storage.upgrade(onUpgrade);
    // Words are read while the model is loaded. A failure is met below; whatever happens, the database stays open until
    // they are read.
    const reading = KeywordIndex.open(storage.termCounts);
    const read = reading.then(
      () => undefined,
      () => undefined,
    );
    closing.unshift(() => read);
    const choice = { ...config, ...modelOfIndex(storage.fingerprint(), config) };
    const model = await prepareModel({ ...choice, modelsFolder: config.models }, onDownload);
    const embedder = await LocalEmbedder.start(model, { threads: config.threads });
    closing.unshift(() => embedder.close());
    checkFingerprint(storage, embedder);
    const reranker = await startReranker(config, onDownload);
    if (reranker) closing.unshift(() => reranker.close());
    const marker = new AnswerMarker();
    closing.unshift(() => marker.close());
    const { dimensions } = embedder.fingerprint;
    const [index, keywords] = await Promise.all([
      VectorIndex.open(config.index, storage.vectors, dimensions),
      reading,
    ]);
    const limits = readLimits(config);
    const reader = new Reader(readerOptions(config, model));
    const spool = new Spool(config.index);
    const { ocr, followLinks } = config;
    return {
      storage,
      embedder: new CurrentEmbedder(embedder),
      reranker,
      index,
      keywords,
      marker,
      reader,
      spool,
      limits,
      ocr,
      followLinks,
    };
  } catch (error) {
    for (const close of closing) await close();
    throw explainDamage(error);
  }
}

/** How files are read for a model. */
export function readerOptions(config: Config, { folder, window }: LocalModel): ReaderOptions {
  return {
    modelFolder: folder,
    window,
    limits: readLimits(config),
    timeoutMs: config.fileTimeoutMs,
    maxFileBytes: config.maxFileBytes,
    memoryMb: config.readerMemoryMb,
  };
}

async function startReranker(
  { reranker: model, rerankerDtype: dtype, rerankMs, rerankDepth, models, hubUrl }: Config,
  onDownload: EngineOptions['onDownload'],
): Promise<Reranker | null> {
  if (model === null) return null;
  const graph = await prepareReranker({ model, modelsFolder: models, dtype, hubUrl }, onDownload);
  return Reranker.start(graph, { timeMs: rerankMs, depth: rerankDepth });
}
