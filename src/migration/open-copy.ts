import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { StoredKey } from '../access/access-keys.js';
import { KeyFolder } from '../access/key-folder.js';
import type { Config } from '../config.js';
import { AkinError } from '../errors.js';
import { DATABASE_FILE } from '../storage/database-file.js';
import { Storage } from '../storage/storage.js';
import type { Awaitable } from '../storage/stored-index.js';
import type { IndexSource, IndexTarget } from './copy-index.js';
import { FolderCopy } from './index-folder.js';

/** An index that is copied from or to. */
export interface OpenCopy {
  index: IndexSource & IndexTarget;
  keys: { all(): Awaitable<StoredKey[]>; keep(key: StoredKey): Awaitable<void> };
  close: () => Awaitable<void>;
}

/**
 * Opens an index by the name of its folder or the address of its database.
 * @param mustExist whether a folder without an index is a mistake
 */
export async function openCopy(
  place: string,
  config: Config,
  { mustExist }: { mustExist: boolean },
): Promise<OpenCopy> {
  if (/^postgres(ql)?:/.test(place)) return openDatabase(place, config);
  const folder = resolve(place);
  if (mustExist && !existsSync(join(folder, DATABASE_FILE)))
    throw new AkinError('INDEX_NOT_FOUND', `There is no index in ${folder}.`);
  const storage = Storage.open(folder);
  try {
    await storage.upgrade();
  } catch (error) {
    storage.close();
    throw error;
  }
  return { index: new FolderCopy(storage), keys: new KeyFolder(folder), close: () => storage.close() };
}

async function openDatabase(url: string, config: Config): Promise<OpenCopy> {
  const { PostgresDatabase } = await import('../postgres/database.js');
  const { PostgresIndex } = await import('../postgres/postgres-index.js');
  const { DatabaseCopy } = await import('../postgres/database-copy.js');
  const { KeyTable } = await import('../postgres/key-table.js');
  const { databaseConnections: connections } = config;
  const database = await PostgresDatabase.connect({ url, connections, statementTimeoutMs: 0 });
  const index = await PostgresIndex.open(database, config);
  return {
    index: new DatabaseCopy(database, index),
    keys: new KeyTable(database),
    close: () => database.close(),
  };
}
