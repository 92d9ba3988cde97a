import { mkdirSync } from 'node:fs';
import type { TemporaryBackup } from '../backup/temporary-backup.js';
import type { BackupReport } from '../backup/write-backup.js';
import type { Config } from '../config.js';
import type { EngineOptions, EngineParts, IndexHome } from '../engine-parts.js';
import { checkFingerprint } from '../ingest/check-fingerprint.js';
import type { Jobs } from '../ingest/jobs.js';
import { startReading } from '../reading-parts.js';
import { readOwnerKey, writeOwnerKey } from '../storage/owner.js';
import { connect } from './connect.js';
import type { PostgresDatabase } from './database.js';
import { backUp, backUpTemporarily } from './database-backup.js';
import { PostgresKeywordLeg } from './keyword-leg.js';
import { ModelFollower } from './model-follower.js';
import { PostgresIndex } from './postgres-index.js';
import { PostgresSink } from './postgres-sink.js';
import { PostgresUpkeep } from './postgres-upkeep.js';
import { PgvectorLeg } from './semantic-leg.js';
import { SharedJobs } from './shared-jobs.js';

/** What an engine works with whose index is on a PostgreSQL server. */
export interface PostgresParts extends Omit<EngineParts, 'home'> {
  database: PostgresDatabase;
  storage: PostgresIndex;
  semantic: PgvectorLeg;
  follower: ModelFollower;
}

/** @throws AkinError as `PostgresDatabase.connect`, MODEL_MISMATCH, MODEL_UNAVAILABLE or MODEL_INVALID */
export async function openPostgres({
  config,
  onDownload,
}: EngineOptions): Promise<EngineParts & PostgresParts> {
  const database = await connect(config);
  const closing: (() => unknown)[] = [() => database.close()];
  try {
    const storage = await PostgresIndex.open(database, config);
    const reading = await startReading(config, await storage.fingerprint(), { onDownload, closing });
    await checkFingerprint(storage, reading.embedder);
    const follower = new ModelFollower(storage, reading, config);
    const parts = {
      ...reading,
      database,
      storage,
      follower,
      semantic: new PgvectorLeg(database, storage, follower),
      keywords: new PostgresKeywordLeg(database),
      sink: new PostgresSink(database, { followModel: () => follower.readAndCatchUp() }),
    };
    return { ...parts, home: new DatabaseHome(parts, config) };
  } catch (error) {
    for (const close of closing) await close();
    throw error;
  }
}

/** An index on a server, which any number of processes are on. */
class DatabaseHome implements IndexHome {
  readonly #parts: PostgresParts;
  readonly #config: Config;

  constructor(parts: PostgresParts, config: Config) {
    this.#parts = parts;
    this.#config = config;
  }

  jobs(parts: Parameters<IndexHome['jobs']>[0]): Jobs {
    return new SharedJobs({
      ...this.#parts,
      ...parts,
      upkeep: new PostgresUpkeep(this.#parts, this.#config),
    });
  }

  /** All processes of one user and folder have one key; commands need none, since they reach the database themselves. */
  announce(): string {
    const { index } = this.#config;
    mkdirSync(index, { recursive: true });
    return readOwnerKey(index) ?? writeOwnerKey(index);
  }

  backup(file: string): Promise<BackupReport> {
    return backUp(this.#place, file);
  }

  temporaryBackup(): Promise<TemporaryBackup> {
    return backUpTemporarily(this.#place);
  }

  close(): Promise<void> {
    this.#parts.storage.close();
    return this.#parts.database.close();
  }

  get #place(): Parameters<typeof backUp>[0] {
    return { database: this.#parts.database, index: this.#parts.storage };
  }
}
