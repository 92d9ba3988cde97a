import { Command } from 'commander';
import type { Akin, FollowOptions } from '../akin.js';
import type { Job } from '../storage/job-store.js';
import { ExitCode } from './exit-code.js';
import { interruption } from './interruption.js';
import { jobProgress } from './progress.js';
import { type InSession, print } from './session.js';

/** `akin rebuild`, `akin compact` */
export function upkeepCommands(inSession: InSession): Command[] {
  const rebuild = new Command('rebuild')
    .description('build the vector index anew from the stored vectors; searches go on meanwhile')
    .action((_options: object, command: Command) =>
      keepUp(inSession, command, (akin, options) => akin.rebuild(options), 'rebuilt'),
    );

  const compact = new Command('compact')
    .description('give space back to the file system, and take what was removed from the disk')
    .action((_options: object, command: Command) =>
      keepUp(inSession, command, (akin, options) => akin.compact(options), 'compacted'),
    );

  return [rebuild, compact];
}

function keepUp(
  inSession: InSession,
  command: Command,
  work: (akin: Akin, options: FollowOptions) => Promise<Job>,
  done: string,
): Promise<void> {
  return inSession(command, async ({ akin, format }) => {
    const signal = interruption();
    const { bytes: before } = await akin.stats();
    const job = await work(akin, { onProgress: jobProgress(), signal });
    const { bytes, vectors } = await akin.stats();
    for (const { code, detail } of job.errors) console.error(`akin: ${detail} [${code}]`);
    const size = before === bytes ? megabytes(bytes) : `${megabytes(before)} before, ${megabytes(bytes)} now`;
    print(format, {
      whole: { ...job, vectors, bytes },
      parts: [{ ...job, vectors, bytes }],
      human: () =>
        job.status === 'succeeded' ? `${vectors} vectors ${done}; database: ${size}` : job.status,
    });
    return job.status === 'succeeded' ? ExitCode.Done : ExitCode.Failed;
  });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
