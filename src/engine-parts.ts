import type { TemporaryBackup } from './backup/temporary-backup.js';
import type { BackupReport } from './backup/write-backup.js';
import type { Config } from './config.js';
import type { DownloadProgress } from './embedding/download.js';
import type { DocumentSink } from './ingest/document-sink.js';
import type { DocumentWriter } from './ingest/document-writer.js';
import type { Jobs } from './ingest/jobs.js';
import type { SiteFurniture } from './ingest/site-furniture.js';
import type { ReadingParts } from './reading-parts.js';
import type { KeywordLeg, SemanticLeg } from './search/legs.js';
import type { StoredIndex } from './storage/stored-index.js';
import type { UpgradeProgress } from './storage/upgrade-documents.js';

export interface EngineOptions {
  config: Config;
  onDownload?: (progress: DownloadProgress) => void;
  /** Told how it goes on where an index is brought up to date that an older Akin made. */
  onUpgrade?: (progress: UpgradeProgress) => void;
  /** How long to wait for a process that holds the index, in milliseconds. Default: a second */
  patienceMs?: number;
}

/** What an engine works with, wherever the index is stored. */
export interface EngineParts extends ReadingParts {
  storage: StoredIndex;
  semantic: SemanticLeg;
  keywords: KeywordLeg;
  sink: DocumentSink;
  home: IndexHome;
}

/** What the place where an index is stored does in its own way. */
export interface IndexHome {
  /** Work behind the requests, on what the engine's writer stores. */
  jobs(parts: { writer: DocumentWriter; furniture: SiteFurniture }): Jobs;
  /**
   * Tells other processes of this machine where this one serves.
   * @returns the key by which it knows those of its own user; null where they need none
   */
  announce(address: string): string | null;
  /** Writes all that the index holds into one file of this machine. */
  backup(file: string): Promise<BackupReport>;
  /** A backup for as long as it is being sent. */
  temporaryBackup(): Promise<TemporaryBackup>;
  /** Lets go of the index. Jobs are closed before. */
  close(): Promise<void>;
}

/** Opens all that an engine works with; what is open already is closed where something can't be opened. */
export async function openParts(options: EngineOptions): Promise<EngineParts> {
  if (options.config.database !== null) {
    const { openPostgres } = await import('./postgres/postgres-parts.js');
    return openPostgres(options);
  }
  const { openEmbedded } = await import('./embedded-parts.js');
  return openEmbedded(options);
}
