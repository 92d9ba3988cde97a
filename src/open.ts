import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Akin } from './akin.js';
import { RemoteAkin } from './client/remote-akin.js';
import type { Config } from './config.js';
import type { EngineOptions } from './engine-parts.js';
import { AkinError } from './errors.js';
import { DATABASE_FILE } from './storage/database-file.js';
import { readOwner, readOwnerKey } from './storage/owner.js';

export interface OpenOptions extends EngineOptions {
  /** Take up the jobs that an earlier process left unfinished. Default: false */
  resumeJobs?: boolean;
  /** Create an index where there is none. Default: true */
  create?: boolean;
}

/**
 * Opens an index, or, where a server on this machine holds it, goes through that server.
 * @throws AkinError as `Engine.open`; INDEX_LOCKED only where the holder is no server; INDEX_NOT_FOUND where none is to be created
 */
export async function openAkin({
  resumeJobs = false,
  create = true,
  ...options
}: OpenOptions): Promise<Akin> {
  if (!create) checkIndex(options.config);
  const { database, index } = options.config;
  return orThroughServer<Akin>(database === null ? index : null, async (waiting) => {
    // It takes a third of a second to load; what is said before it is needed does without.
    const { Engine } = await import('./engine.js');
    const engine = await Engine.open({ ...options, ...waiting });
    if (resumeJobs) await engine.jobs.resume();
    return engine;
  });
}

/**
 * Opens what is stored, for which no model is needed; or goes through the server that holds it.
 * @throws AkinError INDEX_NOT_FOUND, or as `Storage.open`, or `PostgresDatabase.connect`
 */
export async function openStored(config: Config): Promise<Pick<Akin, 'backup' | 'close'>> {
  if (config.database !== null) {
    const { openForBackup } = await import('./postgres/database-backup.js');
    return openForBackup(config);
  }
  checkIndex(config);
  return orThroughServer<Pick<Akin, 'backup' | 'close'>>(config.index, async (waiting) => {
    const { Storage } = await import('./storage/storage.js');
    const { writeBackup } = await import('./backup/write-backup.js');
    const storage = Storage.open(config.index, waiting);
    return { backup: (file) => writeBackup(storage, file), close: async () => storage.close() };
  });
}

/** @throws AkinError INDEX_NOT_FOUND where the settings name a folder that has no index */
export function checkIndex({ database, index }: Pick<Config, 'database' | 'index'>): void {
  if (database !== null || existsSync(join(index, DATABASE_FILE))) return;
  throw new AkinError(
    'INDEX_NOT_FOUND',
    `There is no index in ${index}. Name its folder with --index, or create one with akin ingest.`,
  );
}

/** @param folder null where the index is on a database server, which processes share */
async function orThroughServer<Opened>(
  folder: string | null,
  open: (waiting: { patienceMs?: number }) => Promise<Opened>,
): Promise<Opened | RemoteAkin> {
  if (folder === null) return open({});
  const server = readOwner(folder)?.address;
  try {
    // A server does not let go of its index while it answers.
    return await open(server && (await answers(server)) ? { patienceMs: 0 } : {});
  } catch (error) {
    if (!(error instanceof AkinError) || error.code !== 'INDEX_LOCKED') throw error;
    const address = readOwner(folder)?.address;
    if (!address) throw error;
    return new RemoteAkin(address, readOwnerKey(folder));
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    // Whatever the reason, it is not to be reached.
    return false;
  }
}
