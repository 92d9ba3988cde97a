import type { Akin } from './akin.js';
import { RemoteAkin } from './client/remote-akin.js';
import { Engine } from './engine.js';
import type { EngineOptions } from './engine-parts.js';
import { AkinError } from './errors.js';
import { readOwner, readOwnerKey } from './storage/owner.js';

export interface OpenOptions extends EngineOptions {
  /** Take up the jobs that an earlier process left unfinished. Default: false */
  resumeJobs?: boolean;
}

/**
 * Opens an index, or, where a server on this machine holds it, goes through that server.
 * @throws AkinError as `Engine.open`; INDEX_LOCKED only where the holder is no server
 */
export async function openAkin({ resumeJobs = false, ...options }: OpenOptions): Promise<Akin> {
  const folder = options.config.index;
  const server = readOwner(folder)?.address;
  try {
    // A server does not let go of its index while it answers.
    const waiting = server && (await answers(server)) ? { patienceMs: 0 } : {};
    const engine = await Engine.open({ ...options, ...waiting });
    if (resumeJobs) await engine.jobs.resume();
    return engine;
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
