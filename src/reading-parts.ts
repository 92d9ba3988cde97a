import type { Config } from './config.js';
import { type ReadLimits, readLimits } from './documents/limits.js';
import { Reader, type ReaderOptions } from './documents/reader.js';
import { CurrentEmbedder } from './embedding/current-embedder.js';
import type { DownloadProgress } from './embedding/download.js';
import { LocalEmbedder } from './embedding/local-embedder.js';
import { type LocalModel, prepareModel, prepareReranker } from './embedding/local-model.js';
import { Reranker } from './embedding/reranker.js';
import { modelOfIndex } from './ingest/check-fingerprint.js';
import { AnswerMarker } from './search/answer-marker.js';

/** What reads, embeds and judges texts: processes of this machine, wherever the index is stored. */
export interface ReadingParts {
  embedder: CurrentEmbedder;
  /** Null where none is set. */
  reranker: Reranker | null;
  marker: AnswerMarker;
  reader: Reader;
  limits: ReadLimits;
  ocr: boolean;
  followLinks: boolean;
}

/**
 * Starts them with the model of an index.
 * @param fingerprint as the index has it; null in an empty one
 * @param closing gets how each is ended, the last one first
 */
export async function startReading(
  config: Config,
  fingerprint: string | null,
  {
    onDownload,
    closing,
  }: { onDownload?: ((progress: DownloadProgress) => void) | undefined; closing: (() => unknown)[] },
): Promise<ReadingParts> {
  const choice = { ...config, ...modelOfIndex(fingerprint, config) };
  const model = await prepareModel({ ...choice, modelsFolder: config.models }, onDownload);
  const embedder = await LocalEmbedder.start(model, { threads: config.threads });
  closing.unshift(() => embedder.close());
  const reranker = await startReranker(config, onDownload);
  if (reranker) closing.unshift(() => reranker.close());
  const marker = new AnswerMarker();
  closing.unshift(() => marker.close());
  const reader = new Reader(readerOptions(config, model));
  closing.unshift(() => reader.close());
  const { ocr, followLinks } = config;
  const limits = readLimits(config);
  return { embedder: new CurrentEmbedder(embedder), reranker, marker, reader, limits, ocr, followLinks };
}

/** Ends them. */
export async function endReading({ embedder, reranker, marker, reader }: ReadingParts): Promise<void> {
  await Promise.all([reader.close(), embedder.close(), marker.close(), reranker?.close()]);
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
  onDownload: ((progress: DownloadProgress) => void) | undefined,
): Promise<Reranker | null> {
  if (model === null) return null;
  const graph = await prepareReranker({ model, modelsFolder: models, dtype, hubUrl }, onDownload);
  return Reranker.start(graph, { timeMs: rerankMs, depth: rerankDepth });
}
