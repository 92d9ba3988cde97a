import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { renameDurably, syncToDisk } from '../durable-file.js';
import { AkinError, errorMessage } from '../errors.js';
import type { Storage } from '../storage/storage.js';
import { type BackupSeal, readSeal } from './backup-file.js';
import { seal } from './sealing.js';

/** A backup that was made. */
export interface BackupReport extends BackupSeal {
  /** Absolute. */
  file: string;
}

/**
 * Writes all that an index holds, as it is at one moment, into one file; the index can be searched and written
 * meanwhile. The file has its name only when it is whole and on the disk. It takes the place of a backup, but of
 * nothing else.
 *
 * @throws AkinError INVALID_REQUEST, PATH_NOT_FOUND, BACKUP_FAILED or INDEX_DAMAGED
 */
export function writeBackup(storage: Storage, file: string): Promise<BackupReport> {
  return intoPlace(file, async (temporary) => {
    await storage.copyTo(temporary);
    return seal(temporary);
  });
}

/** Lets `write` make a backup beside a file and puts it in the file's place. */
export async function intoPlace(
  file: string,
  write: (temporary: string) => Promise<BackupSeal>,
): Promise<BackupReport> {
  const path = resolve(file);
  await checkPlace(path);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const sealed = await write(temporary);
    await syncToDisk(temporary);
    await renameDurably(temporary, path);
    return { file: path, ...sealed };
  } catch (error) {
    if (error instanceof AkinError) throw error;
    throw new AkinError(
      'BACKUP_FAILED',
      `The backup could not be written to ${path}: ${errorMessage(error)}. See that there is space and that the folder can be written.`,
      { cause: error },
    );
  } finally {
    await rm(temporary, { force: true });
  }
}

async function checkPlace(path: string): Promise<void> {
  const folder = await stat(dirname(path)).catch(() => null);
  if (!folder?.isDirectory()) {
    throw new AkinError('PATH_NOT_FOUND', `There is no folder ${dirname(path)}. Make it first.`);
  }
  const present = await stat(path).catch(() => null);
  if (present === null) return;
  if (!present.isFile() || (await readSeal(path)) === null) {
    throw new AkinError(
      'INVALID_REQUEST',
      `${path} is there already and is no backup of Akin's. Choose another name.`,
    );
  }
}
