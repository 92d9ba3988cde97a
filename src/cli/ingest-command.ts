import { Command } from 'commander';
import type { Job } from '../storage/job-store.js';
import { ExitCode } from './exit-code.js';
import { jobProgress } from './progress.js';
import { inSession, print } from './session.js';
import { harmless } from './text.js';

/** `akin ingest PATH…` */
export function ingestCommand(): Command {
  return new Command('ingest')
    .description('bring files and folders into the index; what has not changed is passed over')
    .argument('<path...>', 'files or folders')
    .option('--id-prefix <prefix>', 'put before the ids, which are the paths within each folder', '')
    .action((paths: string[], { idPrefix }: { idPrefix: string }, command: Command) =>
      inSession(command, async ({ akin, format }) => {
        const job = await akin.ingest(paths, { idPrefix, onProgress: jobProgress() });
        for (const { item, code, detail } of job.errors) {
          console.error(`${harmless(item) || 'akin'}: ${harmless(detail)} [${code}]`);
        }
        print(format, { whole: job, parts: job.errors, human: () => summary(job) });
        return job.status === 'succeeded' ? ExitCode.Done : ExitCode.Failed;
      }),
    );
}

function summary({ counts: { total, created, updated, unchanged, removed, failed } }: Job): string {
  const documents = [
    [created, 'new'],
    [updated, 'changed'],
    [unchanged, 'unchanged'],
    [removed, 'removed'],
  ] as const;
  const parts = documents.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const failures = failed > 0 ? `; ${failed} could not be taken, see above` : '';
  return `${total ?? 0} files: ${parts.join(', ') || 'no documents'}${failures}`;
}
