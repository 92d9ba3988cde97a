import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { renameDurably, syncToDisk } from '../durable-file.js';
import { AkinError } from '../errors.js';
import { DATABASE_FILE } from '../storage/database-file.js';
import { holdPlace } from '../storage/held-place.js';
import { verifyBackup } from './backup-file.js';
import { check } from './sealing.js';
import type { BackupReport } from './write-backup.js';

export interface RestoreOptions {
  /** Put it in the place of an index that is there. Default: false */
  force?: boolean;
}

/** What of an index belongs to its database and is of no use to another. */
const FOLLOWERS = /^(vectors-.*\.hnsw(\.tmp)?|spool|owner\.json|owner\.key|akin\.db-(wal|shm|journal))$/;

/**
 * Makes an index out of a backup, in a folder that is empty or not there. The backup is read to its end and checked
 * before anything is written, what was written is checked again, and one renaming puts it in its place: at whatever
 * instant that ends, the folder has the old index or the new one.
 *
 * @throws AkinError BACKUP_DAMAGED, PATH_NOT_FOUND, INDEX_NOT_EMPTY, INDEX_LOCKED, INDEX_UNWRITABLE, INDEX_TOO_NEW or
 *   INDEX_DAMAGED
 */
export async function restoreBackup(
  file: string,
  folder: string,
  { force = false }: RestoreOptions = {},
): Promise<BackupReport> {
  const path = resolve(file);
  const sealed = await verifyBackup(path);
  if (!force && (await namesIn(folder)).length > 0) {
    throw new AkinError(
      'INDEX_NOT_EMPTY',
      `The folder ${folder} is not empty. Choose another with --index, or replace the index in it with --force.`,
    );
  }
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${DATABASE_FILE}.restoring`);
  const held = holdPlace(folder);
  try {
    await rm(temporary, { force: true });
    await pipeline(createReadStream(path, { end: sealed.bytes - 1 }), createWriteStream(temporary));
    await check(temporary);
    await syncToDisk(temporary);
    held.clear();
    await renameDurably(temporary, join(folder, DATABASE_FILE));
  } catch (error) {
    held.abandon();
    await rm(temporary, { force: true });
    throw error;
  }
  held.close();
  for (const name of await namesIn(folder)) {
    if (FOLLOWERS.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
  return { file: path, ...sealed };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new AkinError('INDEX_UNWRITABLE', `${folder} can't be read as a folder.`, { cause: error });
  }
}
