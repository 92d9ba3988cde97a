import { Command } from 'commander';
import type { CopyReport } from '../migration/copy-index.js';
import { ExitCode } from './exit-code.js';
import { interruption } from './interruption.js';
import { progressLine } from './progress.js';
import { configOf, formatOf, print } from './session.js';

/** `akin migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('copy an index into a database, a folder or another database; nothing is embedded again')
    .requiredOption('--from <place>', 'a folder, or postgres://…')
    .requiredOption('--to <place>', 'an empty folder or database')
    .option('--resume', 'go on with a migration that broke off', false)
    .action(async ({ from, to, resume }: { from: string; to: string; resume: boolean }, command: Command) => {
      const { openCopy } = await import('../migration/open-copy.js');
      const { copyIndex } = await import('../migration/copy-index.js');
      const config = configOf(command);
      const draw = progressLine();
      const interrupted = interruption();
      const source = await openCopy(from, config, { mustExist: true });
      try {
        const target = await openCopy(to, config, { mustExist: false });
        try {
          const copied = await copyIndex(source.index, target.index, {
            onProgress: (done, total) => draw(`${done} of ${total} documents`, { last: done >= total }),
            isStopped: () => interrupted.aborted,
            resume,
          });
          for (const key of await source.keys.all()) await target.keys.keep(key);
          print(formatOf(command), { whole: copied, parts: [copied], human: () => described(copied) });
          process.exitCode = ExitCode.Done;
        } finally {
          await target.close();
        }
      } finally {
        await source.close();
      }
    });
}

function described({ documents, passages }: CopyReport): string {
  return `${documents} documents of ${passages} passages are copied.`;
}
