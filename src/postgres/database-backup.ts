import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Akin } from '../akin.js';
import type { TemporaryBackup } from '../backup/temporary-backup.js';
import { type BackupReport, writeBackup } from '../backup/write-backup.js';
import type { Config } from '../config.js';
import { copyIndex } from '../migration/copy-index.js';
import { FolderCopy } from '../migration/index-folder.js';
import { Storage } from '../storage/storage.js';
import { connect } from './connect.js';
import type { PostgresDatabase } from './database.js';
import { DatabaseCopy } from './database-copy.js';
import { PostgresIndex } from './postgres-index.js';

/**
 * Writes what a database holds into one file, as an index folder's backup is: `akin restore` makes a folder of it. Large
 * ones are backed up by the server's own means, which need no copy.
 */
export async function backUp(
  { database, index }: { database: PostgresDatabase; index: PostgresIndex },
  file: string,
): Promise<BackupReport> {
  const folder = join(dirname(resolve(file)), `.akin-${randomUUID()}`);
  const storage = Storage.open(folder);
  try {
    await copyIndex(new DatabaseCopy(database, index), new FolderCopy(storage), {
      onProgress: () => undefined,
      isStopped: () => false,
    });
    return await writeBackup(storage, file);
  } finally {
    storage.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A backup that lies in a folder of its own until it is sent. */
export async function backUpTemporarily(parts: Parameters<typeof backUp>[0]): Promise<TemporaryBackup> {
  const folder = await mkdtemp(join(tmpdir(), 'akin-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const { file: path } = await backUp(parts, join(folder, 'akin.backup'));
    return { path, bytes: (await stat(path)).size, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Opens a database for a backup alone, for which no model is needed. */
export async function openForBackup(config: Config): Promise<Pick<Akin, 'backup' | 'close'>> {
  const database = await connect(config);
  const index = await PostgresIndex.open(database, config);
  return { backup: (file) => backUp({ database, index }, file), close: () => database.close() };
}
