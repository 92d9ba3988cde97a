import type { CommandEntry } from './command-tree.js';
import { allOf, choicesOf, optionsOf, valuedOptions } from './words.js';

/** The script for bash. */
export function bashScript(root: CommandEntry): string {
  const paths = allOf(root).slice(1);
  return `# akin completion for bash: source <(akin completion bash)
_akin() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local place= word words= options= files= index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    case "$word" in
      ${valuedOptions(root).join('|')}) ((index++)); continue ;;
      -*) continue ;;
    esac
    case "\${place:+$place }$word" in
      ${paths.map(({ path }) => `'${path.join(' ')}'`).join('|')}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place $previous" in
${choicesOf(root)
  .map(
    ({ pattern, choices }) =>
      `    ${pattern}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current")); return ;;`,
  )
  .join('\n')}
  esac
  case "$previous" in
    ${valuedOptions(root).join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  case "$place" in
${allOf(root)
  .map((command) => {
    const options = optionsOf(command, root).map(({ name }) => name);
    const words = [...command.commands.map(({ path }) => path.at(-1)), ...command.choices];
    const files = command.takesFiles ? ' files=1' : '';
    return `    '${command.path.join(' ')}') words='${words.join(' ')}' options='${options.join(' ')}'${files} ;;`;
  })
  .join('\n')}
  esac
  if [[ $current == -* ]]; then words=$options files=; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ -n $files ]]; then COMPREPLY+=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _akin akin
`;
}
