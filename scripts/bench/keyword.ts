/**
 * What is measured: the search for the 100 best documents by the words of a query, by Akin's keyword index, by plain
 * SQLite FTS5 with its bm25(), and by MiniSearch; how long each takes to build, and how much memory a document takes.
 * Data: the documents of four judged collections, then 10 and 40 times as many, made of their sentences; their queries.
 * All three hold the same terms, and are asked the same queries in turns.
 * By: npm run bench -- --data DATA keyword
 */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Database } from 'better-sqlite3';
import { stemmingOf } from '../../src/documents/stem.js';
import { termsOf } from '../../src/documents/terms.js';
import { KeywordIndex } from '../../src/keyword-index/keyword-index.js';
import { queryWords } from '../../src/search/query-words.js';
import { openDatabase } from '../../src/storage/database.js';
import { TermCountStore } from '../../src/storage/term-count-store.js';
import { TITLE_WEIGHT, toTermCounts } from '../../src/storage/term-counts.js';
import type { BenchContext, Benchmark, Figure } from './benchmark.js';
import { type DocumentOfTerms, MadeDocuments } from './made-documents.js';
import { figureOf, inTurns, ratios, timeOf } from './measure.js';
import { MiniSearchIndex } from './peers/mini-search-index.js';
import { Questions } from './questions.js';

const TIMES = [1, 10, 40];
/** MiniSearch keeps objects for each word of a document: of more, the process runs out of memory. */
const MOST_TIMES_FOR_MINISEARCH = 10;
const ROUNDS = 5;
const QUERIES_A_ROUND = 40;
const LIMIT = 100;
const STEMMING = stemmingOf('en');

export const KEYWORD: Benchmark = {
  name: 'keyword',
  measures: 'The 100 best documents by words: Akin, SQLite FTS5 and MiniSearch.',
  data: 'Four judged collections, and 10 and 40 times as many documents made of their sentences.',
  run,
};

/** One way to find documents by terms. */
interface Way {
  search: (terms: string[]) => unknown;
  /** In seconds. */
  buildTime: number;
  /** In bytes a document, of the process. */
  memory: number;
}

async function run(context: BenchContext): Promise<Figure[]> {
  const documents = new MadeDocuments(context.data);
  const figures: Figure[] = [];
  for (const times of TIMES) figures.push(...(await compare(documents, times, context)));
  return figures;
}

async function compare(made: MadeDocuments, times: number, context: BenchContext): Promise<Figure[]> {
  const count = made.real * times;
  const database = openDatabase(join(context.scratch, `times-${times}`));
  const documents = (): Generator<DocumentOfTerms> => made.make(count, context.seed);
  store(database, documents());
  const ways: Record<string, Way> = {
    FTS5: await built(count, async () => fts5(database, documents())),
    Akin: await built(count, async () => akin(database)),
  };
  if (times <= MOST_TIMES_FOR_MINISEARCH)
    ways.MiniSearch = await built(count, async () => miniSearch(documents()));

  const questions = new Questions(context.data, context.seed);
  const queries = Array.from({ length: QUERIES_A_ROUND * (ROUNDS + 1) }, () =>
    termsOfQuery(questions.next()),
  );
  const timed = ({ search }: Way, round: number): Promise<number> => {
    const own = queries.slice((round + 1) * QUERIES_A_ROUND, (round + 2) * QUERIES_A_ROUND);
    return timeOf(() => own.forEach(search)).then((time) => time / own.length);
  };
  const names = Object.keys(ways);
  const measured = await inTurns(
    ROUNDS,
    Object.fromEntries(
      Object.entries(ways).map(([name, way]) => [name, (round: number) => timed(way, round)]),
    ),
  );
  database.close();
  const title = (what: string): string => `${count} documents, ${what}`;
  return [
    ...names.map((name) => figureOf(title(`${name}: a query`), measured[name] ?? [], 'ms')),
    ...names
      .filter((name) => name !== 'Akin')
      .map((name) =>
        figureOf(
          title(`${name}'s time for a query, of Akin's`),
          ratios(measured[name] ?? [], measured.Akin ?? []),
          '×',
        ),
      ),
    ...Object.entries(ways).flatMap(([name, { buildTime, memory }]) => [
      figureOf(title(`${name}: building, or reading what is stored`), [buildTime], 's'),
      figureOf(title(`${name}: memory a document`), [memory], 'bytes'),
    ]),
  ];
}

/** Writes what Akin stores of the documents' words besides FTS5's table. */
function store(database: Database, documents: Iterable<DocumentOfTerms>): void {
  const counts = new TermCountStore(database);
  const numbers = new Map<string, number>();
  const numberOf = (term: string): number => {
    const number = numbers.get(term) ?? counts.numberOf({ term, stemming: STEMMING });
    numbers.set(term, number);
    return number;
  };
  const insert = database.prepare(
    "INSERT INTO documents (id, hash, tags, metadata) VALUES (?, '', '[]', '{}')",
  );
  database.transaction(() => {
    let number = 0;
    for (const { title, text } of documents) {
      const key = Number(insert.run(String(number++)).lastInsertRowid);
      const counted = new Map<number, number>();
      const count = (term: string, weight: number): void => {
        counted.set(numberOf(term), (counted.get(numberOf(term)) ?? 0) + weight);
      };
      for (const term of title) count(term, TITLE_WEIGHT);
      for (const term of text) count(term, 1);
      counts.add(key, toTermCounts(counted, title.length + text.length + 1));
    }
  })();
}

async function akin(database: Database): Promise<Way['search']> {
  const index = await KeywordIndex.open(new TermCountStore(database));
  return (terms) =>
    index.search(
      terms.map((term) => [{ term, stemming: STEMMING }]),
      LIMIT,
    );
}

function fts5(database: Database, documents: Iterable<DocumentOfTerms>): Way['search'] {
  const insert = database.prepare(
    'INSERT INTO document_terms (rowid, title, text, stemming) VALUES (?, ?, ?, ?)',
  );
  database.transaction(() => {
    let key = 1;
    for (const { title, text } of documents) insert.run(key++, title.join(' '), text.join(' '), STEMMING);
  })();
  const search = database.prepare(
    `SELECT rowid FROM document_terms WHERE document_terms MATCH ?
     ORDER BY bm25(document_terms, 2, 1, 0) LIMIT ${LIMIT}`,
  );
  return (terms) => search.all(`{title text} : (${terms.map((term) => `"${term}"`).join(' OR ')})`);
}

async function miniSearch(documents: Iterable<DocumentOfTerms>): Promise<Way['search']> {
  const index = await MiniSearchIndex.empty();
  let key = 1;
  for (const { title, text } of documents) index.add(key++, title, text);
  return (terms) => index.search(terms, LIMIT);
}

function termsOfQuery(query: string): string[] {
  return queryWords(query).flatMap(({ written }) => termsOf(written, 'en').map(({ term }) => term));
}

/** @param documents so many it is built of */
async function built(documents: number, build: () => Promise<Way['search']>): Promise<Way> {
  const before = memoryInUse();
  let search: Way['search'] = () => null;
  const time = await timeOf(async () => {
    search = await build();
  });
  return { search, buildTime: time / 1_000, memory: (memoryInUse() - before) / documents };
}

/** What JavaScript holds, in bytes, when what it no longer needs is taken away. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  // Buffers that the first one finds unused are freed after it.
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
