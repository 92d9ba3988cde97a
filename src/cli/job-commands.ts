import { Command } from 'commander';
import type { Job } from '../storage/job-store.js';
import { ExitCode } from './exit-code.js';
import { duration } from './progress.js';
import { type InSession, print } from './session.js';

/** `akin jobs` */
export function jobCommands(inSession: InSession): Command[] {
  const jobs = new Command('jobs')
    .description('list the jobs, the newest first, or cancel one')
    .option('--cancel <id>', 'cancel a job; what it has stored stays')
    .action(({ cancel }: { cancel?: string }, command: Command) =>
      inSession(command, async ({ akin, format }) => {
        const list = cancel === undefined ? await akin.listJobs() : [await akin.cancelJob(cancel)];
        print(format, { whole: { jobs: list }, parts: list, human: () => list.map(lineOf).join('\n') });
        return ExitCode.Done;
      }),
    );
  return [jobs];
}

function lineOf({ id, type, status, counts: { done, total, failed }, etaSeconds, createdAt }: Job): string {
  const progress = `${done} of ${total ?? '?'}${failed > 0 ? `, ${failed} failed` : ''}`;
  const left = etaSeconds === null ? '' : `, ${duration(etaSeconds)} left`;
  return `${id}  ${createdAt.slice(0, 19)}  ${type.padEnd(6)}  ${status.padEnd(9)}  ${progress}${left}`;
}
