import { type CommandEntry, commandTree, type OptionEntry } from '../src/cli/completion/command-tree.js';
import { EXAMPLES } from '../src/cli/examples.js';
import { createProgram } from '../src/cli/program.js';

const HEAD = `# akin: the command line

Made from the program's own definition by \`npm run docs:references\`; a test holds them together.

In a checkout, \`npm run akin --\` stands for \`akin\`. Output for people goes to standard output, with \`--json\` as one JSON value and with \`--jsonl\` as a
line of JSON for each hit, document or failure; progress and messages go to standard error.

| exit status | |
|---|---|
| 0 | done |
| 1 | something failed; it is named, with a code |
| 2 | wrong usage or a wrong setting |
| 3 | nothing found (\`search\`, \`related\`, \`stories\`) |

With a server running on the index, commands go through it; \`restore\`, \`doctor\`, \`eval\`, \`config\` and \`keys\` work on the folder alone.
On a terminal titles lead to their pages where it knows links (OSC 8), the answering sentence is bold and the query's words
underlined. \`NO_COLOR\` takes colours away, \`FORCE_COLOR=1\` gives them to a pipe, and \`--color\` holds before both.`;

/** docs/cli.md: every command with its options and examples, as its own help has them. */
export function cliReference(): string {
  const root = commandTree(createProgram());
  const groups = [...new Set(root.commands.map(({ group }) => group))];
  return [
    HEAD,
    '## Options of every command',
    optionTable(root.options),
    ...groups.flatMap((group) => [
      `## ${group.replace(/:$/, '')}`,
      ...root.commands.filter((command) => command.group === group).flatMap(sections),
    ]),
    '',
  ].join('\n\n');
}

function sections(command: CommandEntry): string[] {
  const name = command.path.join(' ');
  const examples = (command.path.length === 1 && EXAMPLES[name]) || [];
  return [
    `### akin ${name}`,
    `    ${command.usage}`,
    `${command.description.charAt(0).toUpperCase()}${command.description.slice(1)}.`,
    ...(command.options.length > 1
      ? [optionTable(command.options.filter(({ name: flag }) => flag !== '--help'))]
      : []),
    ...(examples.length > 0
      ? [examples.map(({ command: typed, purpose }) => `- \`${typed}\`: ${purpose}`).join('\n')]
      : []),
    ...command.commands.flatMap(sections),
  ];
}

function optionTable(options: OptionEntry[]): string {
  const rows = options.map(
    ({ flags, explanation }) => `| \`${flags}\` | ${explanation.replaceAll('|', '\\|')} |`,
  );
  return ['| option | |', '|---|---|', ...rows].join('\n');
}
