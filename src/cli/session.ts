import type { Command } from 'commander';
import type { Akin } from '../akin.js';
import { type Config, loadConfig, type SettingName } from '../config.js';
import { openAkin } from '../open.js';
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

/**
 * Opens the index, or the server that holds it, for as long as a command runs; sets the exit status.
 * @param options.resumeJobs take up what an earlier process left unfinished
 */
export async function inSession(
  command: Command,
  run: (session: Session) => Promise<ExitCode>,
  { resumeJobs = false }: { resumeJobs?: boolean } = {},
): Promise<void> {
  const config = configOf(command);
  const akin = await openAkin({ config, ...openingProgress(), resumeJobs });
  try {
    process.exitCode = await run({ akin, config, format: formatOf(command) });
  } finally {
    await akin.close();
  }
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
