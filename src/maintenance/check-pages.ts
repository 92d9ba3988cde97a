import type { Database } from 'better-sqlite3';
import { type Finding, findingOf } from './finding.js';

/** Lines of an integrity check that are read. */
const MOST_PROBLEMS = 100;
/** Problems of SQLite's own indices, which are made anew from their tables. */
const OF_AN_INDEX = /(missing from index|wrong # of entries in index|non-unique entry in index)/;

/** What FTS5 finds in its tables, which are made anew from the documents. */
const OF_PHRASES = /\bfts5\b/i;

/** What SQLite finds in its own file. Where a page is damaged, nothing else can be relied on. */
export function checkPages(database: Database): Finding[] {
  const rows = database.pragma(`integrity_check(${MOST_PROBLEMS})`) as { integrity_check: string }[];
  const problems = rows.map(({ integrity_check: line }) => line).filter((line) => line !== 'ok');
  const indices = problems.filter((line) => OF_AN_INDEX.test(line));
  const phrases = problems.filter((line) => OF_PHRASES.test(line));
  const pages = problems.filter((line) => !indices.includes(line) && !phrases.includes(line));
  return [
    ...findingOf('pages', pages, {
      detail: 'places in the database are damaged',
      advice:
        'Put a backup back (akin restore FILE --force), or delete the index folder and ingest again. What can still be read may be copied first: akin list, akin get.',
    }),
    ...findingOf('table-indices', indices, {
      detail: 'entries of tables and of their indices do not fit',
      repair: 'makes the indices anew from the tables',
    }),
    ...findingOf('phrases', phrases, {
      detail: 'the index of phrases is damaged',
      repair: 'makes the words of all documents anew from their texts',
    }),
  ];
}
