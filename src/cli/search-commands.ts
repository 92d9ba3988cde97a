import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { AkinError } from '../errors.js';
import type { Hit } from '../search/answer.js';
import { MODES, type Mode, RELATED_SOURCES, type RelatedInput } from '../search/request.js';
import { ExitCode } from './exit-code.js';
import { addFilterOptions, type FilterOptions, filterPart } from './filter-options.js';
import { openHit } from './open-hit.js';
import { json, number, wholeNumber } from './option-values.js';
import { type Format, type InSession, print, type Session } from './session.js';
import { hitText } from './text.js';

interface ShowOptions {
  /** Which hit to open; true for the first. */
  open?: number | true;
  passages?: number;
}

interface SearchOptions extends FilterOptions, ShowOptions {
  limit: number;
  offset?: number;
  mode: Mode;
  minScore?: number;
  rerank?: boolean;
}

interface RelatedOptions extends RelatedInput, ShowOptions {
  file?: string;
}

const OPEN = [
  '--open [n]',
  "open the n-th hit's page or file, by default the first; behind the question, or as --open=2",
] as const;

/** `akin search QUERY` and `akin related ID` */
export function searchCommands(inSession: InSession): Command[] {
  const search = new Command('search')
    .description('find the documents that answer a question, with the passages that do')
    .argument('<query...>', 'the question, in plain words; "word for word", and -word to leave out')
    .option('--limit <n>', 'how many documents', number, 10)
    .option('--offset <n>', 'leave out so many first', number)
    .addOption(new Option('--mode <mode>', 'by meaning, by words, or both').choices(MODES).default('hybrid'))
    .option('--min-score <score>', 'leave out hits below this score, 0 to 1', number)
    .option('--rerank', 'fail where no reranker is set')
    .option('--no-rerank', 'leave the reranker out')
    .option('--passages <n>', 'passages of each document (default: 1, with --json or --jsonl 3)', wholeNumber)
    .option(...OPEN, wholeNumber)
    .action((words: string[], options: SearchOptions, command: Command) =>
      inSession(command, async (session) => {
        const { limit, offset, mode, minScore, rerank, passages } = options;
        const answer = await session.akin.search({
          query: words.join(' '),
          limit,
          mode,
          offset,
          minScore,
          rerank,
          ...(passages === undefined ? {} : { passagesPerDocument: passages }),
          ...filterPart(options),
        });
        const hint = minScore === undefined ? ' --min-score 0 shows what comes nearest.' : '';
        return showHits(session, answer, answer.hits, { ...options, hint });
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
    .option(...OPEN, wholeNumber)
    .action((id: string | undefined, options: RelatedOptions, command: Command) =>
      inSession(command, async (session) => {
        const { file, open, ...request } = options;
        if ((id === undefined) === (file === undefined)) {
          throw new AkinError(
            'INVALID_REQUEST',
            'Name a document, or a file with --file, or - for standard input.',
          );
        }
        const { akin } = session;
        const text =
          id === '-' ? await readStream(process.stdin) : file === undefined ? null : await readText(file);
        const answer =
          text === null ? await akin.related(id ?? '', request) : await akin.relatedToText({ text }, request);
        return showHits(session, answer, answer.hits, open === undefined ? {} : { open });
      }),
    );

  return [addFilterOptions(search), related];
}

async function showHits(
  { akin, format }: Pick<Session, 'akin'> & { format: Format },
  answer: unknown,
  hits: Hit[],
  { open, passages = 1, hint = '' }: ShowOptions & { hint?: string },
): Promise<ExitCode> {
  print(format, {
    whole: answer,
    parts: hits,
    human: () => hits.map((hit, index) => hitText(hit, index + 1, { most: passages })).join('\n\n'),
  });
  if (hits.length === 0) {
    console.error(`Nothing found.${hint}`);
    return ExitCode.NothingFound;
  }
  if (open !== undefined) await openHit(akin, hits, open === true ? 1 : open);
  return ExitCode.Done;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new AkinError('PATH_NOT_FOUND', `${path} can't be read.`, { cause: error });
  }
}
