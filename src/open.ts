import type { Akin } from './akin.js';
import { RemoteAkin } from './client/remote-akin.js';
import { Engine, type EngineOptions } from './engine.js';
import { AkinError } from './errors.js';
import { readOwner } from './storage/owner.js';

/**
 * Opens an index, or, where a server on this machine holds it, goes through that server.
 * @throws AkinError as `Engine.open`; INDEX_LOCKED only where the holder is no server
 */
export async function openAkin(options: EngineOptions): Promise<Akin> {
  try {
    return await Engine.open(options);
  } catch (error) {
    if (!(error instanceof AkinError) || error.code !== 'INDEX_LOCKED') throw error;
    const address = readOwner(options.config.index)?.address;
    if (!address) throw error;
    return new RemoteAkin(address);
  }
}
