import { type Command, CommanderError } from 'commander';
import { AkinError, type ErrorCode, errorCode, errorMessage } from '../errors.js';
import { explainDamage } from '../storage/damage.js';
import { ExitCode } from './exit-code.js';

/** Failures that another command line would not have met. */
const WRONG_USAGE: ErrorCode[] = ['INVALID_SETTING', 'INVALID_REQUEST', 'NO_RERANKER'];

/** Runs a command line to its end; says what went wrong, and sets the exit status of the process. */
export async function run(program: Command, args: string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = report(program, error);
  }
}

function report(program: Command, thrown: unknown): ExitCode {
  const error = explainDamage(thrown);
  // Commander has said what is wrong, or given the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Done : ExitCode.Usage;
  const wanted = program.opts<{ json?: boolean }>().json;
  if (wanted) console.log(JSON.stringify({ error: { code: errorCode(error), detail: errorMessage(error) } }));
  if (error instanceof AkinError) console.error(`akin: ${error.message} [${error.code}]`);
  else console.error('akin: this should not have happened;', error);
  return WRONG_USAGE.includes(errorCode(error)) ? ExitCode.Usage : ExitCode.Failed;
}
