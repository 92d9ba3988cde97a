import { type TemporaryBackup, temporaryBackup } from './backup/temporary-backup.js';
import { type BackupReport, writeBackup } from './backup/write-backup.js';
import type { Config } from './config.js';
import type { EngineOptions, EngineParts, IndexHome } from './engine-parts.js';
import { checkFingerprint } from './ingest/check-fingerprint.js';
import { EmbeddedSink } from './ingest/embedded-sink.js';
import { JobRunner } from './ingest/job-runner.js';
import type { Jobs } from './ingest/jobs.js';
import { Spool } from './ingest/spool.js';
import { KeywordIndex } from './keyword-index/keyword-index.js';
import { Upkeep } from './maintenance/upkeep.js';
import { startReading } from './reading-parts.js';
import { GraphLeg } from './search/semantic-leg.js';
import { explainDamage } from './storage/damage.js';
import { Storage } from './storage/storage.js';
import { VectorIndex } from './vector-index/vector-index.js';

/** What an engine works with whose index is a folder: SQLite, and both indexes in memory. */
export interface EmbeddedParts extends Omit<EngineParts, 'home'> {
  storage: Storage;
  index: VectorIndex;
  keywords: KeywordIndex;
  spool: Spool;
}

/** @throws AkinError as `Engine.open` */
export async function openEmbedded({
  config,
  onDownload,
  onUpgrade,
  ...waiting
}: EngineOptions): Promise<EngineParts & EmbeddedParts> {
  const storage = Storage.open(config.index, waiting);
  const closing: (() => unknown)[] = [() => storage.close()];
  try {
    await storage.upgrade(onUpgrade);
    // Words are read while the model is loaded. A failure is met below; whatever happens, the database stays open until
    // they are read.
    const words = KeywordIndex.open(storage.termCounts);
    const read = words.then(
      () => undefined,
      () => undefined,
    );
    closing.unshift(() => read);
    const reading = await startReading(config, storage.fingerprint(), { onDownload, closing });
    await checkFingerprint(storage, reading.embedder);
    const { dimensions } = reading.embedder.fingerprint;
    const [index, keywords] = await Promise.all([
      VectorIndex.open(config.index, storage.vectors, dimensions),
      words,
    ]);
    const semantic = new GraphLeg(storage, index);
    const model = () => reading.embedder.fingerprint;
    const sink = new EmbeddedSink({ storage, index, keywords, model });
    const spool = new Spool(config.index);
    const parts = { ...reading, storage, index, keywords, semantic, sink, spool };
    return { ...parts, home: new IndexFolder(parts, config) };
  } catch (error) {
    for (const close of closing) await close();
    throw explainDamage(error);
  }
}

/** An index folder that this process holds. */
class IndexFolder implements IndexHome {
  readonly #parts: EmbeddedParts;
  readonly #config: Config;

  constructor(parts: EmbeddedParts, config: Config) {
    this.#parts = parts;
    this.#config = config;
  }

  jobs(parts: Parameters<IndexHome['jobs']>[0]): Jobs {
    return new JobRunner({ ...this.#parts, ...parts, upkeep: new Upkeep(this.#parts, this.#config) });
  }

  announce(address: string): string {
    return this.#parts.storage.announce(address);
  }

  backup(file: string): Promise<BackupReport> {
    return writeBackup(this.#parts.storage, file);
  }

  temporaryBackup(): Promise<TemporaryBackup> {
    return temporaryBackup(this.#parts.storage, this.#parts.spool);
  }

  async close(): Promise<void> {
    const { index, keywords, storage } = this.#parts;
    await Promise.all([index.close(), keywords.close()]);
    storage.close();
  }
}
