import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spool } from '../ingest/spool.js';
import type { Storage } from '../storage/storage.js';
import { writeBackup } from './write-backup.js';

/** A backup that lies in the index folder until it is sent. */
export interface TemporaryBackup {
  path: string;
  /** Of the whole file. */
  bytes: number;
  remove(): Promise<void>;
}

/** @throws AkinError as `writeBackup` */
export async function temporaryBackup(storage: Storage, spool: Spool): Promise<TemporaryBackup> {
  const name = `backup-${randomUUID()}`;
  const remove = (): Promise<void> => spool.discard(name);
  try {
    const { file: path } = await writeBackup(storage, join(await spool.passing(name), 'akin.backup'));
    return { path, bytes: (await stat(path)).size, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
