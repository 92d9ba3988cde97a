import type { CommandEntry } from './command-tree.js';
import { allOf, choicesOf, optionsOf, valuedOptions } from './words.js';

/** The script for zsh, which shows what each word is for. */
export function zshScript(root: CommandEntry): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const entry = (name: string, description: string): string =>
    quoted(`${name.replaceAll(':', '\\:')}:${description}`);
  const paths = allOf(root).slice(1);
  return `#compdef akin
# akin completion for zsh: akin completion zsh > a file _akin in a folder of your fpath
_akin() {
  local place= word index
  local -a commands options
  local files=
  for ((index = 2; index < CURRENT; index++)); do
    word=\${words[index]}
    case "$word" in
      ${valuedOptions(root).join('|')}) ((index++)); continue ;;
      -*) continue ;;
    esac
    case "\${place:+$place }$word" in
      ${paths.map(({ path }) => quoted(path.join(' '))).join('|')}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place \${words[CURRENT-1]}" in
${choicesOf(root)
  .map(({ pattern, choices }) => `    ${pattern}) compadd -- ${choices.join(' ')}; return ;;`)
  .join('\n')}
  esac
  case "\${words[CURRENT-1]}" in
    ${valuedOptions(root).join('|')}) _files; return ;;
  esac
  case "$place" in
${allOf(root)
  .map((command) => {
    const commands = [
      ...command.commands.map(({ path, description }) => entry(path.at(-1) ?? '', description)),
      ...command.choices.map((choice) => entry(choice, choice)),
    ];
    const options = optionsOf(command, root).map(({ name, description }) => entry(name, description));
    return `    ${quoted(command.path.join(' '))})
      commands=(${commands.join(' ')})
      options=(${options.join(' ')})${command.takesFiles ? '\n      files=1' : ''} ;;`;
  })
  .join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then _describe option options; return; fi
  local result=1
  (( \${#commands} )) && _describe command commands && result=0
  [[ -n $files ]] && _files && result=0
  return $result
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _akin "$@"; else compdef _akin akin; fi
`;
}
