#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { AkinError, type ErrorCode, errorCode, errorMessage } from '../errors.js';
import { explainDamage } from '../storage/damage.js';
import { backupCommands } from './backup-commands.js';
import { benchCommand } from './bench-command.js';
import { configCommand } from './config-command.js';
import { doctorCommand } from './doctor-command.js';
import { documentCommands } from './document-commands.js';
import { evalCommand } from './eval-command.js';
import { ExitCode } from './exit-code.js';
import { ingestCommand } from './ingest-command.js';
import { jobCommands } from './job-commands.js';
import { keyCommands } from './key-commands.js';
import { mcpCommand } from './mcp-command.js';
import { reembedCommand } from './reembed-command.js';
import { searchCommands } from './search-commands.js';
import { serveCommand } from './serve-command.js';
import { storiesCommand } from './story-commands.js';
import { upkeepCommands } from './upkeep-commands.js';

/** Failures that another command line would not have met. */
const WRONG_USAGE: ErrorCode[] = ['INVALID_SETTING', 'INVALID_REQUEST', 'NO_RERANKER'];

const program = new Command('akin')
  .description('Semantic search over a folder of documents, on this machine.')
  .option('--index <dir>', 'folder of the index (default: index, or AKIN_INDEX)')
  .option('--model <name>', 'the bundled model, a folder, or a name on the hub (AKIN_MODEL)')
  .option('--reranker <name>', 'a cross-encoder: a folder, or a name on the hub (AKIN_RERANKER)')
  .option('--json', 'one JSON value on standard output')
  .option('--jsonl', 'a line of JSON for each hit, document or failure')
  .showHelpAfterError('(akin --help lists what there is)')
  .exitOverride();

for (const command of [
  ingestCommand(),
  ...jobCommands(),
  ...searchCommands(),
  storiesCommand(),
  ...documentCommands(),
  keyCommands(),
  serveCommand(),
  mcpCommand(),
  reembedCommand(),
  ...backupCommands(),
  doctorCommand(),
  ...upkeepCommands(),
  evalCommand(),
  benchCommand(),
  configCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
  for (const part of command.commands) part.copyInheritedSettings(command);
}

// A reader such as `head` may close the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitCode.Done);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(thrown: unknown): ExitCode {
  const error = explainDamage(thrown);
  // Commander has said what is wrong, or given the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Done : ExitCode.Usage;
  const wanted = program.opts<{ json?: boolean }>().json;
  if (wanted) console.log(JSON.stringify({ error: { code: errorCode(error), detail: errorMessage(error) } }));
  if (error instanceof AkinError) console.error(`akin: ${error.message} [${error.code}]`);
  else console.error('akin: this should not have happened;', error);
  return WRONG_USAGE.includes(errorCode(error)) ? ExitCode.Usage : ExitCode.Failed;
}
