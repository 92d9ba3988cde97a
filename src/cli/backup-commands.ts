import { Command } from 'commander';
import type { BackupReport } from '../backup/write-backup.js';
import { AkinError } from '../errors.js';
import { openStored } from '../open.js';
import { ExitCode } from './exit-code.js';
import { configOf, formatOf, print } from './session.js';

/** `akin backup`, `akin restore` */
export function backupCommands(): Command[] {
  const backup = new Command('backup')
    .description('write all that the index holds into one file; it may be searched and written meanwhile')
    .argument('<file>', 'a new file, or an earlier backup, which is replaced')
    .action(async (file: string, _options: object, command: Command) => {
      const stored = await openStored(configOf(command));
      try {
        report(command, await stored.backup(file), ({ file: path, bytes }) => `${path}: ${size(bytes)}`);
      } finally {
        await stored.close();
      }
    });

  const restore = new Command('restore')
    .description('make an index out of a backup, in a folder that is empty or not there')
    .argument('<file>')
    .option('--force', 'put it in the place of the index that is there', false)
    .action(async (file: string, { force }: { force: boolean }, command: Command) => {
      const { index, database } = configOf(command);
      if (database !== null) {
        throw new AkinError(
          'INVALID_SETTING',
          'AKIN_DATABASE is set, and a backup becomes a folder. Leave it out for akin restore, then copy the folder: akin migrate --from FOLDER --to the database.',
        );
      }
      const { restoreBackup } = await import('../backup/restore-backup.js');
      const restored = await restoreBackup(file, index, { force });
      report(command, restored, ({ file: path, bytes }) => `${index}: ${size(bytes)} from ${path}`);
    });

  return [backup, restore];
}

function report(command: Command, made: BackupReport, human: (made: BackupReport) => string): void {
  print(formatOf(command), { whole: made, parts: [made], human: () => human(made) });
  process.exitCode = ExitCode.Done;
}

function size(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
