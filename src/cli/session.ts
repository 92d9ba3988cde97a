import type { Command } from 'commander';
import type { Akin } from '../akin.js';
import { type Config, loadConfig, type SettingName } from '../config.js';
import type { OpenOptions } from '../open.js';
import type { ExitCode } from './exit-code.js';
import { openingProgress } from './progress.js';

/** How a command's output shall look. */
export type Format = 'human' | 'json' | 'jsonl';

/** What every command gets: an index, and how to print. */
export interface Session {
  akin: Akin;
  config: Config;
  format: Format;
}

interface GlobalOptions extends Partial<Record<SettingName, unknown>> {
  json?: boolean;
  jsonl?: boolean;
}

/** The settings, with those that the command line names. */
export function configOf(command: Command, names: SettingName[] = []): Config {
  const options = command.optsWithGlobals<GlobalOptions>();
  const flags = Object.fromEntries(
    ['index', 'database', 'model', 'reranker', ...names].map((name) => [name, options[name as SettingName]]),
  );
  return loadConfig({ flags }).config;
}

export function formatOf(command: Command): Format {
  const { json, jsonl } = command.optsWithGlobals<GlobalOptions>();
  return json ? 'json' : jsonl ? 'jsonl' : 'human';
}

/** Runs a command on an index, or the server that holds it, which is open for as long as the command runs; sets the exit status. */
export type InSession = (
  command: Command,
  run: (session: Session) => Promise<ExitCode>,
  options?: {
    /** Take up what an earlier process left unfinished. Default: false */
    resumeJobs?: boolean;
    /** Create an index where there is none. Default: false, since a mistyped path would then be searched as an empty index */
    create?: boolean;
  },
) => Promise<void>;

/** @param open opens the index that the settings name */
export function sessions(open: (options: OpenOptions) => Promise<Akin>): InSession {
  return async (command, run, { resumeJobs = false, create = false } = {}) => {
    const config = configOf(command);
    const akin = await open({ config, ...openingProgress(), resumeJobs, create });
    try {
      process.exitCode = await run({ akin, config, format: formatOf(command) });
    } finally {
      await akin.close();
    }
  };
}

/** Prints an answer: the whole as JSON, its parts a line each, or in words. */
export function print<Part>(
  format: Format,
  { whole, parts, human }: { whole: unknown; parts: Part[]; human: () => string },
): void {
  if (format === 'json') console.log(JSON.stringify(whole));
  else if (format === 'jsonl') for (const part of parts) console.log(JSON.stringify(part));
  else {
    const text = human();
    if (text !== '') console.log(text);
  }
}
