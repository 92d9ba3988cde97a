import type { CommandEntry, OptionEntry } from './command-tree.js';

/** All commands, those within others behind them; the root is the first. */
export function allOf(command: CommandEntry): CommandEntry[] {
  return [command, ...command.commands.flatMap(allOf)];
}

/** The options that may stand behind a command: its own and those of every command. */
export function optionsOf(command: CommandEntry, root: CommandEntry): OptionEntry[] {
  const own = new Set(command.options.map(({ name }) => name));
  const shared =
    command === root ? [] : root.options.filter(({ name }) => !own.has(name) && name !== '--version');
  return [...command.options, ...shared];
}

/** Patterns of a command and its option, for options that have only so many values, and those values. */
export function choicesOf(root: CommandEntry): { pattern: string; choices: string[] }[] {
  const own = allOf(root).slice(1);
  const entries = [...own, root].flatMap((command) => command.options.map((option) => ({ command, option })));
  return entries
    .filter(({ option }) => option.choices.length > 0)
    .map(({ command: { path }, option: { name, choices } }) => ({
      pattern: path.length === 0 ? `*' ${name}'` : `'${path.join(' ')} ${name}'`,
      choices,
    }));
}

/** Options whose value is a word of its own, so that it is no command. */
export function valuedOptions(root: CommandEntry): string[] {
  const names = allOf(root).flatMap(({ options }) => options.filter(({ takesValue }) => takesValue));
  return [...new Set(names.map(({ name }) => name))];
}
