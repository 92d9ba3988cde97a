import { Command } from 'commander';
import type { IngestOptions } from '../akin.js';
import { AkinError } from '../errors.js';
import type { Job } from '../storage/job-store.js';
import { ExitCode } from './exit-code.js';
import { interruption } from './interruption.js';
import { jobProgress } from './progress.js';
import { type Format, type InSession, print, type Session } from './session.js';
import { harmless, watchNotice } from './text.js';

interface IngestFlags {
  idPrefix: string;
  prune: boolean;
  watch: boolean;
  retryFailed: boolean;
  map: Record<string, string>;
  ocr?: true;
  followLinks?: true;
}

/** `akin ingest PATH…` */
export function ingestCommand(inSession: InSession): Command {
  return new Command('ingest')
    .description('bring files and folders into the index; what has not changed is passed over')
    .argument('[path...]', 'files or folders')
    .option(
      '--id-prefix <prefix>',
      'put before the ids: the paths within each folder, and the ids that documents have themselves',
      '',
    )
    .option('--prune', 'remove the documents of files that are gone', false)
    .option('--watch', 'go on and follow the folders until interrupted; what goes there goes here', false)
    .option('--retry-failed', 'read the files again that could not be read', false)
    .option('--map <header=field,…>', 'which column of a table gives which field', columns, {})
    .option('--ocr', "read scanned PDFs by their letters' shapes (needs tesseract.js; AKIN_OCR)")
    .option('--follow-links', 'follow symbolic links (AKIN_FOLLOW_LINKS)')
    .action((paths: string[], flags: IngestFlags, command: Command) => {
      if ((paths.length === 0) !== flags.retryFailed) {
        command.error('error: name files or folders to bring in, or --retry-failed alone', { exitCode: 2 });
      }
      return inSession(command, (session) => ingest(session, paths, flags), {
        resumeJobs: true,
        create: true,
      });
    });
}

async function ingest(
  { akin, config, format }: Session,
  paths: string[],
  { idPrefix, prune, watch, retryFailed, map, ocr, followLinks }: IngestFlags,
): Promise<ExitCode> {
  const interrupted = interruption();
  const options: IngestOptions = {
    idPrefix,
    prune: prune || watch,
    columns: map,
    ...(ocr && { ocr }),
    ...(followLinks && { followLinks }),
  };
  const follow = () => ({ onProgress: jobProgress(), signal: interrupted });
  const job = retryFailed
    ? await akin.retryFailed(follow())
    : await akin.ingest(paths, { ...options, ...follow() });
  report(job, format);
  if (watch) {
    console.error(`Following ${paths.join(', ')}; Ctrl-C ends it.`);
    const { SETTLE_MS, watchPaths } = await import('../ingest/watch.js');
    await watchPaths(
      paths,
      {
        followLinks: followLinks ?? config.followLinks,
        signal: interrupted,
        onFailure: (error) => console.error(watchNotice(paths.join(', '), error)),
      },
      async () => {
        const change = await akin.ingest(paths, { ...options, settleMs: SETTLE_MS, signal: interrupted });
        if (hasNews(change)) report(change, format);
      },
    );
  }
  return job.status === 'succeeded' ? ExitCode.Done : ExitCode.Failed;
}

function report(job: Job, format: Format): void {
  for (const { item, code, detail } of job.errors) {
    console.error(`${harmless(item) || 'akin'}: ${harmless(detail)} [${code}]`);
  }
  print(format, { whole: job, parts: job.errors, human: () => summary(job) });
}

function hasNews({ counts: { created, updated, removed } }: Job): boolean {
  return created + updated + removed > 0;
}

function summary({ status, counts: { total, created, updated, unchanged, removed, failed } }: Job): string {
  const documents = [
    [created, 'new'],
    [updated, 'changed'],
    [unchanged, 'unchanged'],
    [removed, 'removed'],
  ] as const;
  const parts = documents.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const failures = failed > 0 ? `; ${failed} could not be taken, see above` : '';
  const end = status === 'cancelled' ? '; interrupted, the next run goes on from here' : '';
  return `${total ?? 0} files: ${parts.join(', ') || 'no documents'}${failures}${end}`;
}

/** `Inhalt=text,Datum=publishedAt`, also given several times. */
function columns(value: string, before: Record<string, string>): Record<string, string> {
  const pairs = value.split(',').map((pair) => {
    const [header = '', field = ''] = pair.split('=').map((part) => part.trim());
    if (header === '' || field === '') {
      throw new AkinError('INVALID_REQUEST', `--map takes header=field, not "${pair}".`);
    }
    return [header, field];
  });
  return { ...before, ...Object.fromEntries(pairs) };
}
