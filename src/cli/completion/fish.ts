import type { CommandEntry, OptionEntry } from './command-tree.js';
import { allOf, valuedOptions } from './words.js';

/** The script for fish, which shows what each word is for. */
export function fishScript(root: CommandEntry): string {
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const paths = allOf(root).slice(1);
  const lines = allOf(root).flatMap((command) => {
    const start = `complete -c akin -n ${quoted(`test (__akin_place) = "${command.path.join(' ')}"`)}`;
    return [
      ...command.commands.map(
        ({ path, description }) => `${start} -f -a ${quoted(path.at(-1) ?? '')} -d ${quoted(description)}`,
      ),
      ...(command.choices.length > 0 ? [`${start} -f -a ${quoted(command.choices.join(' '))}`] : []),
      ...command.options.map((option) => `${start} ${fishOption(option, quoted)}`),
    ];
  });
  const shared = root.options
    .filter(({ name }) => name !== '--version')
    .map((option) => `complete -c akin ${fishOption(option, quoted)}`);
  return `# akin completion for fish: akin completion fish > ~/.config/fish/completions/akin.fish
function __akin_place --description 'the command on the line'
  set -l place
  set -l skips 0
  for word in (commandline -opc)[2..-1]
    if test $skips = 1
      set skips 0
      continue
    end
    switch $word
      case ${valuedOptions(root).join(' ')}
        set skips 1
      case '-*'
      case '*'
        set -l longer (string join ' ' $place $word)
        contains -- $longer ${paths.map(({ path }) => quoted(path.join(' '))).join(' ')}
        and set place $longer
    end
  end
  echo "$place"
end
${[...lines, ...shared].join('\n')}
`;
}

function fishOption(
  { name, description, takesValue, choices }: OptionEntry,
  quoted: (text: string) => string,
): string {
  const values = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : '';
  return `-l ${name.replace(/^--/, '')}${values} -d ${quoted(description)}`;
}
