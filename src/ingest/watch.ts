import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from 'chokidar';
import { errorMessage } from '../errors.js';

/** A file counts as written when it has not changed for this long. */
export const SETTLE_MS = 2_000;
/** Changes that come within this time are taken together. */
const DEBOUNCE_MS = 300;

export interface WatchOptions {
  followLinks: boolean;
  /** Ends the watching. */
  signal: AbortSignal;
}

/**
 * Calls `onChange` each time that something below the paths has changed and come to rest: once for changes that
 * come together, and never while the last call is still at work. Resolves when the signal ends it.
 *
 * @throws what `onChange` throws
 */
export async function watchPaths(
  paths: string[],
  { followLinks, signal }: WatchOptions,
  onChange: () => Promise<unknown>,
): Promise<void> {
  let hasChanged = false;
  let wake: () => void = () => undefined;
  const notice = (): void => {
    hasChanged = true;
    wake();
  };
  const watcher = watch(paths, {
    ignoreInitial: true,
    followSymlinks: followLinks,
    awaitWriteFinish: { stabilityThreshold: SETTLE_MS, pollInterval: 200 },
  });
  watcher.on('all', notice);
  watcher.on('error', (error) => process.emitWarning(`A folder is not watched: ${errorMessage(error)}`));
  signal.addEventListener('abort', () => wake());
  try {
    // What changed before the watcher was ready may have been missed.
    watcher.on('ready', notice);
    while (!signal.aborted) {
      if (!hasChanged) await new Promise<void>((resolve) => (wake = resolve));
      if (signal.aborted) break;
      await sleep(DEBOUNCE_MS);
      hasChanged = false;
      await onChange();
    }
  } finally {
    await watcher.close();
  }
}
