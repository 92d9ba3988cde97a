import { Command } from 'commander';
import { AkinError } from '../errors.js';
import type { Diagnosis } from '../maintenance/doctor.js';
import type { Finding } from '../maintenance/finding.js';
import { ExitCode } from './exit-code.js';
import { configOf, formatOf, print } from './session.js';
import { harmless } from './text.js';

/** `akin doctor` */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say what is wrong with the index; exit status 1 where something is')
    .option('--repair', 'mend what can be mended from what is there', false)
    .action(async ({ repair }: { repair: boolean }, command: Command) => {
      const { index, database } = configOf(command);
      if (database !== null) {
        throw new AkinError(
          'INVALID_SETTING',
          'AKIN_DATABASE is set, and akin doctor looks at folders; PostgreSQL looks after its own files (pg_amcheck). Leave it out to look at the folder that --index names.',
        );
      }
      const { diagnose } = await import('../maintenance/doctor.js');
      const diagnosis = await diagnose(index, { repair });
      print(formatOf(command), {
        whole: diagnosis,
        parts: diagnosis.findings,
        human: () => described(diagnosis, repair),
      });
      process.exitCode = diagnosis.sound ? ExitCode.Done : ExitCode.Failed;
    });
}

function described({ folder, findings, repaired, notes, sound }: Diagnosis, repair: boolean): string {
  return [
    ...repaired.map((finding) => `mended: ${lineOf(finding)}`),
    ...findings.flatMap((finding) => [`wrong: ${lineOf(finding)}`, ...wayOut(finding, repair)]),
    ...notes.map((note) => `note: ${note}`),
    ...(sound ? [`${folder}: nothing is wrong`] : []),
  ].join('\n');
}

function lineOf({ count, detail, examples, check }: Finding): string {
  const more = count > examples.length ? ', …' : '';
  return harmless(`${detail} (${count}: ${examples.join(', ')}${more}) [${check}]`);
}

function wayOut({ repair, advice }: Finding, wasTried: boolean): string[] {
  return [
    ...(repair && !wasTried ? [`    akin doctor --repair ${repair}.`] : []),
    ...(advice ? [`    ${advice}`] : []),
  ];
}
