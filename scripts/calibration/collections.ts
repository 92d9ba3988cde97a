import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { readDataset } from '../../src/evaluation/dataset.js';
import type { Engine } from '../../src/index.js';
import { followJob } from '../../src/ingest/follow-job.js';

/** A question, and the documents that answer it: none where nothing in the collection does. */
export interface JudgedQuestion {
  query: string;
  documents: ReadonlySet<string>;
  /** Documents that a hit is neither credited with nor charged for. */
  leftOut: ReadonlySet<string>;
  /** Whether it is a query of a judged collection, not one of ours. */
  judged: boolean;
}

/** A collection with questions, parted into those that curves are fitted on and those that figures are reported on. */
export interface JudgedCollection {
  name: string;
  /** Brings the documents into an empty index. */
  bringIn(engine: Engine): Promise<unknown>;
  fit: JudgedQuestion[];
  report: JudgedQuestion[];
}

interface QuestionFile {
  answerable: { query: string; documents: string[] }[];
  unanswerable: string[];
}

const here = fileURLToPath(new URL('.', import.meta.url));
const corpus = join(here, '..', '..', 'corpus');
const none: ReadonlySet<string> = new Set();

/** @param data the folder with `retrieval/`, `news/` and `pages/` */
export async function judgedCollections(data: string): Promise<JudgedCollection[]> {
  return [
    {
      name: 'corpus',
      bringIn: (engine) => engine.ingest([corpus]),
      fit: questionsIn('corpus'),
      report: [],
    },
    {
      name: 'pages',
      bringIn: (engine) => bringIn(engine, pagesIn(data)),
      fit: questionsIn('pages'),
      report: [],
    },
    await dataset(data, 'time', questionsIn('time')),
    await dataset(data, 'cranfield'),
    await dataset(data, 'medline'),
    await dataset(data, 'scifact'),
    {
      name: 'bbc-news',
      bringIn: (engine) => bringIn(engine, createReadStream(join(data, 'news', 'bbc-news.jsonl'))),
      fit: questionsIn('bbc-news-fit'),
      report: questionsIn('bbc-news'),
    },
  ];
}

/** A collection in BEIR's layout: every other query is for fitting, and so are questions that are ours. */
async function dataset(data: string, name: string, own: JudgedQuestion[] = []): Promise<JudgedCollection> {
  const { corpusPath, queries } = await readDataset(join(data, 'retrieval', name));
  const questions = queries.map(({ text, judgements, leftOut, id }): JudgedQuestion => {
    const right = [...judgements].filter(([, gain]) => gain > 0).map(([document]) => document);
    return { query: text, documents: new Set(right), leftOut: new Set([...leftOut, id]), judged: true };
  });
  return {
    name,
    bringIn: (engine) => bringIn(engine, createReadStream(corpusPath)),
    fit: [...own, ...questions.filter((_, place) => place % 2 === 0)],
    report: questions.filter((_, place) => place % 2 === 1),
  };
}

async function bringIn(engine: Engine, lines: NodeJS.ReadableStream): Promise<void> {
  await followJob(engine.jobs, await engine.jobs.addImport(lines), {});
}

function questionsIn(name: string): JudgedQuestion[] {
  const { answerable, unanswerable } = JSON.parse(
    readFileSync(join(here, `${name}.json`), 'utf8'),
  ) as QuestionFile;
  return [
    ...answerable.map(({ query, documents }) => ({
      query,
      documents: new Set(documents),
      leftOut: none,
      judged: false,
    })),
    ...unanswerable.map((query) => ({ query, documents: none, leftOut: none, judged: false })),
  ];
}

function pagesIn(data: string): NodeJS.ReadableStream {
  const pages = JSON.parse(readFileSync(join(data, 'pages', 'gold.json'), 'utf8')) as Record<
    string,
    { articleBody: string }
  >;
  return Readable.from(
    Object.entries(pages).map(([id, { articleBody }]) => `${JSON.stringify({ id, text: articleBody })}\n`),
  );
}
