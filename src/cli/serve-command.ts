import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { openKeys } from '../access/open-keys.js';
import type { Config } from '../config.js';
import type { Engine } from '../engine.js';
import { AkinError, type ErrorCode, errorCode, errorMessage } from '../errors.js';
import type { Listening } from '../http/server.js';
import type { Job } from '../storage/job-store.js';
import { outliveReader } from './broken-output.js';
import { interruption } from './interruption.js';
import { jobProgress, openingProgress } from './progress.js';
import { configOf } from './session.js';
import { harmless, watchNotice } from './text.js';

/** `akin serve` */
export function serveCommand(): Command {
  return new Command('serve')
    .description('serve the HTTP API and the page')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1, AKIN_HOST)')
    .option('--port <n>', 'port to listen on, 0 for a free one (default: 3000, AKIN_PORT)')
    .option('--corpus <dir>', 'bring this folder into the index first (AKIN_CORPUS)')
    .option('--watch', 'follow the corpus: what changes there changes in the index (AKIN_WATCH)')
    .action((_options: object, command: Command) =>
      serve(configOf(command, ['host', 'port', 'corpus', 'watch'])),
    );
}

/** Listens at once, answers 503 until the index is loaded, and serves until it is told to end. */
async function serve(config: Config): Promise<void> {
  outliveReader();
  let engine: Engine | undefined;
  // Until what broken-off uploads left is cleared away, none may begin.
  let ready = false;
  const loaded = (): Engine => {
    if (!engine || !ready)
      throw new AkinError('NOT_READY', 'The index is being loaded. Try again in a moment.');
    return engine;
  };
  let watchFailure: ErrorCode | null = null;
  const onWatch = (failure: ErrorCode | null): void => {
    watchFailure = failure;
  };
  const stopping = new AbortController();
  const ended = once(interruption(), 'abort');
  // What serves takes half a second to load; other commands do without.
  const { createApp, listen } = await import('../http/server.js');
  const { Engine } = await import('../engine.js');
  const { keys, close: closeKeys } = await openKeys(config);
  let server: Listening | undefined;
  try {
    const app = createApp(loaded, config, {
      isEnding: () => stopping.signal.aborted,
      watchFailure: () => watchFailure,
      keys,
    });
    server = await listen(app, config, keys);
    engine = await Engine.open({ config, ...openingProgress() });
    await engine.warm();
    await engine.jobs.resume();
    ready = true;
    engine.announce(server.address);
    const { documents } = await engine.stats();
    console.log(`Akin serves ${documents} documents at ${server.address} (index: ${engine.place})`);
    if (config.corpus !== null)
      void bringIn(engine, config.corpus, config, { signal: stopping.signal, onWatch });
    await ended;
    stopping.abort();
    console.error('Akin is ending; what is not yet brought in goes on with the next start.');
    await pause(config.drainMs);
  } finally {
    await server?.stop();
    await engine?.close();
    await closeKeys();
  }
}

async function bringIn(
  engine: Engine,
  corpus: string,
  { watch, followLinks }: Config,
  { signal, onWatch }: { signal: AbortSignal; onWatch: (failure: ErrorCode | null) => void },
): Promise<void> {
  try {
    report(corpus, await engine.ingest([corpus], { prune: watch, onProgress: jobProgress() }));
  } catch (error) {
    if (errorCode(error) === 'CANCELLED') return;
    console.error(`akin: ${corpus}: ${errorMessage(error)}`);
  }
  if (!watch) return;
  const { SETTLE_MS, watchPaths } = await import('../ingest/watch.js');
  const onFailure = (error: unknown): void => {
    onWatch(error === null ? null : errorCode(error));
    console.error(watchNotice(corpus, error));
  };
  await watchPaths([corpus], { followLinks, signal, onFailure }, async () => {
    const job = await engine.ingest([corpus], { prune: true, settleMs: SETTLE_MS });
    const { created, updated, removed } = job.counts;
    if (created + updated + removed > 0) report(corpus, job);
  });
}

function report(corpus: string, { counts, errors, status }: Job): void {
  for (const { item, code, detail } of errors)
    console.error(`${harmless(item)}: ${harmless(detail)} [${code}]`);
  const { created, updated, unchanged, removed, failed } = counts;
  const gone = removed > 0 ? `, ${removed} removed` : '';
  console.log(
    `${corpus}: ${created} new, ${updated} changed, ${unchanged} unchanged${gone}, ${failed} failed (${status})`,
  );
}
