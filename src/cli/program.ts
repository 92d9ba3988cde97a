import { Command, Option } from 'commander';
import { openAkin } from '../open.js';
import { VERSION } from '../version.js';
import { backupCommands } from './backup-commands.js';
import { benchCommand } from './bench-command.js';
import { completionCommand } from './completion/completion-command.js';
import { configCommand } from './config-command.js';
import { doctorCommand } from './doctor-command.js';
import { documentCommands } from './document-commands.js';
import { evalCommand } from './eval-command.js';
import { addExamples } from './examples.js';
import { ingestCommand } from './ingest-command.js';
import { jobCommands } from './job-commands.js';
import { keyCommands } from './key-commands.js';
import { mcpCommand } from './mcp-command.js';
import { migrateCommand } from './migrate-command.js';
import { reembedCommand } from './reembed-command.js';
import { searchCommands } from './search-commands.js';
import { serveCommand } from './serve-command.js';
import { sessions } from './session.js';
import { storiesCommand } from './story-commands.js';
import { COLOUR_CHOICES, type ColourChoice, chooseColours, hasColours } from './terminal.js';
import { upkeepCommands } from './upkeep-commands.js';

const EXIT_STATUS = `
Exit status: 0 done, 1 something failed, 2 wrong usage, 3 nothing found.
akin COMMAND --help tells of a command, with examples. With a server running on
the index, commands go through it.`;

/**
 * `akin`, with all its commands in the groups in which help lists them.
 * @param options.open opens the index that commands work on. Default: in this process, or through the server that holds it
 */
export function createProgram({ open = openAkin }: { open?: typeof openAkin } = {}): Command {
  const inSession = sessions(open);
  const program = new Command('akin')
    .description('Semantic search over a folder of documents, on this machine.')
    .usage('[options] <command>')
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .optionsGroup('Options of every command:')
    .option('--index <dir>', 'folder of the index (default: index, or AKIN_INDEX)')
    .option('--database <url>', 'PostgreSQL instead of the folder: postgres://… (AKIN_DATABASE)')
    .option('--model <name>', 'the bundled model, a folder, or a name on the hub (AKIN_MODEL)')
    .option('--reranker <name>', 'a cross-encoder: a folder, or a name on the hub (AKIN_RERANKER)')
    .option('--json', 'one JSON value on standard output')
    .option('--jsonl', 'a line of JSON for each hit, document or failure')
    .addOption(
      new Option('--color <when>', 'colours and links (default: auto; NO_COLOR, FORCE_COLOR)').choices(
        COLOUR_CHOICES,
      ),
    )
    .on('option:color', (when: ColourChoice) => chooseColours(when))
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => `\x1b[1m${title}\x1b[22m`,
    })
    .configureOutput({
      getOutHasColors: () => hasColours(process.stdout),
      getErrHasColors: () => hasColours(process.stderr),
    })
    .addHelpCommand(
      new Command('help').argument('[command]').description('print help').helpGroup('Measure and set up:'),
    )
    .addHelpText('after', EXIT_STATUS)
    .showHelpAfterError('(akin --help lists what there is)')
    .exitOverride();

  const groups: [string, Command[]][] = [
    ['Bring documents in:', [ingestCommand(inSession), ...jobCommands(inSession)]],
    ['Ask:', [...searchCommands(inSession), storiesCommand(inSession), ...documentCommands(inSession)]],
    ['Serve:', [serveCommand(), mcpCommand(), keyCommands()]],
    [
      'Look after an index:',
      [
        ...backupCommands(),
        migrateCommand(),
        doctorCommand(),
        ...upkeepCommands(inSession),
        reembedCommand(),
      ],
    ],
    [
      'Measure and set up:',
      [evalCommand(), benchCommand(inSession), configCommand(), completionCommand(program)],
    ],
  ];
  for (const [heading, commands] of groups) {
    for (const command of commands) {
      program.addCommand(command.copyInheritedSettings(program).helpGroup(heading));
      for (const part of command.commands) part.copyInheritedSettings(command);
      addExamples(command);
    }
  }
  return program;
}
