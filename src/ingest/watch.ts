import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FSWatcher, watch } from 'chokidar';
import { isOutOfCorpus } from '../documents/own-files.js';
import { errorCode, errorMessage } from '../errors.js';

/** A file counts as written when it has not changed for this long. */
export const SETTLE_MS = 2_000;
/** Changes that come within this time are taken together. */
const DEBOUNCE_MS = 300;
const LOOK_MS = 5_000;
/** How often all is compared, whatever the file system has told. */
const COMPARE_MS = 600_000;
/** When what failed is tried again. */
const RETRY_MS = 30_000;

export interface WatchOptions {
  followLinks: boolean;
  /** Ends the watching. */
  signal: AbortSignal;
  /** Told why the paths can't be followed now, each reason once, and null when they can again. */
  onFailure: (reason: string | null) => void;
  /** How often it is looked at whether the paths are still those that are watched. Default: every 5,000 ms */
  lookMs?: number;
}

/**
 * Calls `onChange` each time that something below the paths has changed and come to rest: once for changes that come
 * together, and never while the last call is still at work; and every ten minutes, since not every file system tells of
 * every change. A path that is replaced is watched anew. What `onChange` throws is told, and it is called again after half
 * a minute. Resolves when the signal ends it.
 */
export async function watchPaths(
  paths: string[],
  { followLinks, signal, onFailure, lookMs = LOOK_MS }: WatchOptions,
  onChange: () => Promise<unknown>,
): Promise<void> {
  let hasChanged = false;
  let wake: () => void = () => undefined;
  const notice = (): void => {
    hasChanged = true;
    wake();
  };
  const failures = new Failures(onFailure);
  const start = async (): Promise<FSWatcher> =>
    (await startWatching(paths, followLinks))
      .on('all', notice)
      // What changed before the watcher was ready may have been missed.
      .on('ready', notice)
      .on('error', (error) => failures.tell(`A folder is not watched: ${errorMessage(error)}`));
  let watcher = await start();
  let watched = await identitiesOf(paths);
  const looking = setInterval(async () => {
    const found = await identitiesOf(paths);
    if (found === watched) return;
    watched = found;
    await watcher.close();
    if (!signal.aborted) watcher = await start();
    notice();
  }, lookMs);
  let retrying: NodeJS.Timeout | undefined;
  const comparing = setInterval(notice, COMPARE_MS);
  const end = (): void => wake();
  signal.addEventListener('abort', end);
  try {
    while (!signal.aborted) {
      if (!hasChanged) await new Promise<void>((resolve) => (wake = resolve));
      if (signal.aborted) break;
      await sleep(DEBOUNCE_MS);
      hasChanged = false;
      clearTimeout(retrying);
      try {
        await onChange();
        failures.tell(null);
      } catch (error) {
        if (signal.aborted || errorCode(error) === 'CANCELLED') break;
        failures.tell(errorMessage(error));
        retrying = setTimeout(notice, RETRY_MS);
      }
    }
  } finally {
    signal.removeEventListener('abort', end);
    clearInterval(looking);
    clearInterval(comparing);
    clearTimeout(retrying);
    await watcher.close();
  }
}

/** Tells each reason once, until there is another. */
class Failures {
  readonly #tell: (reason: string | null) => void;
  #last: string | null = null;

  constructor(tell: (reason: string | null) => void) {
    this.#tell = tell;
  }

  tell(reason: string | null): void {
    if (reason === this.#last) return;
    this.#last = reason;
    this.#tell(reason);
  }
}

/** A path that is a link itself is followed, whether links below it are or not. */
async function startWatching(paths: string[], followLinks: boolean): Promise<FSWatcher> {
  const real = await Promise.all(paths.map((path) => realpath(path).catch(() => resolve(path))));
  const roots = new Set(real);
  return watch(real, {
    ignoreInitial: true,
    // What Akin writes into its index would else be a change to look at, without end.
    ignored: (path) => isOutOfCorpus(path, roots),
    followSymlinks: followLinks,
    awaitWriteFinish: { stabilityThreshold: SETTLE_MS, pollInterval: 200 },
  });
}

/** Which folders the paths lead to: another one by the same name, or behind the same link, has another identity. */
async function identitiesOf(paths: string[]): Promise<string> {
  const states = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  return states.map((state) => (state ? `${state.dev}:${state.ino}` : 'none')).join();
}
