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
  /** Given why the paths can't be watched now, each reason once, and null when they can again. */
  onFailure: (error: unknown) => void;
  /** How often it is looked at whether the paths are still those that are watched. Default: every 5,000 ms */
  lookMs?: number;
}

/**
 * Calls `onChange` each time that something below the paths has changed and come to rest: once for changes that come
 * together, and never while the last call is still at work; and every ten minutes, since not every file system tells of
 * every change. A path that is replaced is watched anew. What fails, `onChange` too, is given to `onFailure` and tried again:
 * nothing but the signal ends the watching.
 *
 * @throws what the first start of the watcher throws
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
      .on('error', (error) => failures.report(error));
  let watcher = await start();
  let watched = await identitiesOf(paths);
  const renew = async (): Promise<void> => {
    const found = await identitiesOf(paths);
    if (found === watched || signal.aborted) return;
    await watcher.close();
    watcher = await start();
    watched = found;
    notice();
  };
  let renewing: Promise<void> = Promise.resolve();
  const looking = setInterval(() => {
    renewing = renewing.then(renew).catch((error: unknown) => failures.report(error));
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
        failures.report(null);
      } catch (error) {
        if (signal.aborted || errorCode(error) === 'CANCELLED') break;
        failures.report(error);
        retrying = setTimeout(notice, RETRY_MS);
      }
    }
  } finally {
    signal.removeEventListener('abort', end);
    clearInterval(looking);
    clearInterval(comparing);
    clearTimeout(retrying);
    await renewing;
    await watcher.close();
  }
}

/** Passes each reason on once, until there is another. */
class Failures {
  readonly #onFailure: (error: unknown) => void;
  #last: string | null = null;

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** @param error null when all is well again */
  report(error: unknown): void {
    const reason = error === null ? null : errorMessage(error);
    if (reason === this.#last) return;
    this.#last = reason;
    this.#onFailure(error);
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
