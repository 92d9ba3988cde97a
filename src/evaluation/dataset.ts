import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AkinError, errorMessage } from '../errors.js';
import type { Judgements } from './metrics.js';

export interface EvaluationQuery {
  id: string;
  text: string;
  judgements: Judgements;
  /** Documents that a ranking is not credited with, nor charged for: those that the query was taken from. */
  leftOut: ReadonlySet<string>;
}

/** A collection with queries that people have judged, in BEIR's layout. */
export interface Dataset {
  name: string;
  /** JSON Lines: `{"_id" or "id", "title", "text"}`. */
  corpusPath: string;
  /** Those that have a relevant document. */
  queries: EvaluationQuery[];
}

/**
 * Reads a folder with `corpus.jsonl`, `queries.jsonl` and `qrels.tsv` or `qrels/test.tsv`, and where it is there
 * `source_docs.tsv` (query, document it was taken from).
 *
 * @throws AkinError PATH_NOT_FOUND or INVALID_DOCUMENT saying which file
 */
export async function readDataset(folder: string): Promise<Dataset> {
  const corpusPath = fileIn(folder, ['corpus.jsonl']);
  const judgements = await readJudgements(fileIn(folder, ['qrels.tsv', 'qrels/test.tsv']));
  const leftOut = await readLeftOut(join(folder, 'source_docs.tsv'));
  const lines = (await readFile(fileIn(folder, ['queries.jsonl']), 'utf8')).split('\n');
  const queries = lines.flatMap((line, i): EvaluationQuery[] => {
    if (line.trim() === '') return [];
    const { id, text } = readQuery(line, i + 1, folder);
    const own = judgements.get(id);
    if (!own || ![...own.values()].some((gain) => gain > 0)) return [];
    return [{ id, text, judgements: own, leftOut: leftOut.get(id) ?? new Set() }];
  });
  return { name: basename(resolve(folder)), corpusPath, queries };
}

function fileIn(folder: string, names: string[]): string {
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (found) return found;
  throw new AkinError(
    'PATH_NOT_FOUND',
    `There is no ${names.join(' or ')} in ${folder}. A data set has corpus.jsonl, queries.jsonl and qrels.tsv.`,
  );
}

function readQuery(line: string, number: number, folder: string): { id: string; text: string } {
  try {
    const { _id, id = _id, text } = JSON.parse(line);
    return { id: String(id), text: String(text) };
  } catch (cause) {
    const message = `${folder}/queries.jsonl, line ${number}, is no JSON (${errorMessage(cause)}).`;
    throw new AkinError('INVALID_DOCUMENT', message, { cause });
  }
}

/** `query`, `document`, `score`, with tabs between; a first line of names is passed over. */
async function readJudgements(path: string): Promise<Map<string, Map<string, number>>> {
  const judgements = new Map<string, Map<string, number>>();
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    const [query = '', document, score] = line.trim().split('\t');
    if (document === undefined || score === undefined || Number.isNaN(Number(score))) continue;
    const own = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, own.set(document, Number(score)));
  }
  return judgements;
}

async function readLeftOut(path: string): Promise<Map<string, Set<string>>> {
  const leftOut = new Map<string, Set<string>>();
  if (!existsSync(path)) return leftOut;
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    const [query = '', document] = line.trim().split('\t');
    if (document === undefined) continue;
    leftOut.set(query, (leftOut.get(query) ?? new Set()).add(document));
  }
  return leftOut;
}
