import type { Argument, Command, Help, Option } from 'commander';

/** An option as help and completion know it. */
export interface OptionEntry {
  /** `--limit` */
  name: string;
  /** As help shows it: `--limit <n>`. */
  flags: string;
  description: string;
  /** The description with the values that there are and the default. */
  explanation: string;
  /** Whether the next word is its value. */
  takesValue: boolean;
  /** The only values there are; empty where any goes. */
  choices: string[];
}

/** A command with what may stand behind it. */
export interface CommandEntry {
  /** The words that name it: `['keys', 'create']`; none for `akin` itself. */
  path: string[];
  /** As help shows it: `akin search [options] <query...>`. */
  usage: string;
  description: string;
  group: string;
  options: OptionEntry[];
  /** What its arguments may be, where there are only so many. */
  choices: string[];
  /** Whether it takes arguments that may be files. */
  takesFiles: boolean;
  commands: CommandEntry[];
}

const FILES = new Set(['path', 'file', 'dataset']);

/** All commands and options, read from the command line's own definition. */
export function commandTree(command: Command, path: string[] = []): CommandEntry {
  const help = command.createHelp();
  const args = command.registeredArguments;
  return {
    path,
    usage: help.commandUsage(command),
    description: command.description(),
    group: command.helpGroup(),
    options: help.visibleOptions(command).map((option) => optionEntry(option, help)),
    choices: args.flatMap((argument: Argument) => argument.argChoices ?? []),
    takesFiles: args.some((argument) => FILES.has(argument.name())),
    commands: command.commands.map((part) => commandTree(part, [...path, part.name()])),
  };
}

function optionEntry(option: Option, help: Help): OptionEntry {
  const { long, short, flags, description, required, argChoices } = option;
  return {
    name: long ?? short ?? flags,
    flags,
    description,
    explanation: help.optionDescription(option),
    takesValue: required,
    choices: argChoices ?? [],
  };
}
