import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { Command, InvalidArgumentError, Option } from 'commander';
import { AkinError } from '../errors.js';
import type { Hit } from '../search/answer.js';
import { MODES, type Mode, RELATED_SOURCES, type RelatedInput } from '../search/request.js';
import { ExitCode } from './exit-code.js';
import { type Format, inSession, print } from './session.js';
import { hitText } from './text.js';

interface SearchOptions {
  limit: number;
  offset?: number;
  mode: Mode;
  filter?: unknown;
  minScore?: number;
  rerank?: boolean;
}

/** `akin search QUERY` and `akin related ID` */
export function searchCommands(): Command[] {
  const search = new Command('search')
    .description('find the documents that answer a question, with the passages that do')
    .argument('<query...>', 'the question, in plain words')
    .option('--limit <n>', 'how many documents', number, 10)
    .option('--offset <n>', 'leave out so many first', number)
    .addOption(new Option('--mode <mode>', 'by meaning, by words, or both').choices(MODES).default('hybrid'))
    .option('--filter <json>', 'only documents whose fields fit, such as {"source":"The Star"}', json)
    .option('--min-score <score>', 'leave out hits below this score, 0 to 1', number)
    .option('--rerank', 'fail where no reranker is set')
    .option('--no-rerank', 'leave the reranker out')
    .action((words: string[], options: SearchOptions, command: Command) =>
      inSession(command, async ({ akin, format }) => {
        const answer = await akin.search({ query: words.join(' '), ...options });
        const hint = options.minScore === undefined ? ' --min-score 0 shows what comes nearest.' : '';
        return printHits(format, answer, answer.hits, hint);
      }),
    );

  const related = new Command('related')
    .description('find the documents related to one of the index, or to a text')
    .argument('[id]', 'a document of the index, or - for a text on standard input')
    .option('--file <path>', 'a text file that need not be in the index')
    .option('--limit <n>', 'how many documents', number, 10)
    .option('--filter <json>', 'only documents whose fields fit', json)
    .option('--diversity <part>', 'what likeness among them costs, 0 to 1 (default: 0.2)', number)
    .option('--recency <part>', 'what closeness in time counts, 0 to 1 (default: 0)', number)
    .addOption(
      new Option('--source <which>', 'published by the same source, by others, or any').choices(
        RELATED_SOURCES,
      ),
    )
    .action((id: string | undefined, options: RelatedInput & { file?: string }, command: Command) =>
      inSession(command, async ({ akin, format }) => {
        const { file, ...request } = options;
        if ((id === undefined) === (file === undefined)) {
          throw new AkinError(
            'INVALID_REQUEST',
            'Name a document, or a file with --file, or - for standard input.',
          );
        }
        const text =
          id === '-' ? await readStream(process.stdin) : file === undefined ? null : await readText(file);
        const answer =
          text === null ? await akin.related(id ?? '', request) : await akin.relatedToText({ text }, request);
        return printHits(format, answer, answer.hits);
      }),
    );

  return [search, related];
}

function printHits(format: Format, answer: unknown, hits: Hit[], hint = ''): ExitCode {
  print(format, {
    whole: answer,
    parts: hits,
    human: () => hits.map((hit, index) => hitText(hit, index + 1)).join('\n\n'),
  });
  if (hits.length > 0) return ExitCode.Done;
  console.error(`Nothing found.${hint}`);
  return ExitCode.NothingFound;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new AkinError('PATH_NOT_FOUND', `${path} can't be read.`, { cause: error });
  }
}

/** @throws InvalidArgumentError */
export function number(value: string): number {
  const parsed = Number(value);
  if (value.trim() === '' || Number.isNaN(parsed)) throw new InvalidArgumentError('It must be a number.');
  return parsed;
}

/** @throws InvalidArgumentError */
export function json(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    // The parser's own words speak of positions; what is wanted helps more.
    throw new InvalidArgumentError('It must be JSON, such as {"source":"The Star"}.');
  }
}
