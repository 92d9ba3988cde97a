import type { Database } from 'better-sqlite3';
import { toFloats } from '../storage/document-vectors.js';
import { unpackTermCounts } from '../storage/term-counts.js';
import { type Finding, findingOf } from './finding.js';

/** How far a vector's length may be from 1. */
const LENGTH_TOLERANCE = 0.01;

const AGAIN = 'Bring these documents in again: akin ingest with the same folder reads them.';

/** What about the documents can't be told by SQL alone, by their keys. */
export interface UnsoundDocuments {
  /** Their passages do not stand one behind the other in the text. */
  places: number[];
  /** Passages, by number, whose vector is missing or is none. */
  vectors: number[];
  /** Their mean vector is missing or is none. */
  means: number[];
  /** Their words are missing or have terms that are not there. */
  words: number[];
}

/**
 * @param dimensions of the vectors
 * @param madeTo the words and means of documents behind this key are still to be made
 */
export function unsoundDocuments(database: Database, dimensions: number, madeTo: number): UnsoundDocuments {
  return {
    places: unsoundPlaces(database),
    vectors: unsoundVectors(database, dimensions),
    means: unsoundMeans(database, dimensions, madeTo),
    words: unsoundWords(database, madeTo),
  };
}

export function checkDocuments(database: Database, unsound: UnsoundDocuments): Finding[] {
  const idOf = database.prepare('SELECT id FROM documents WHERE key = ?').pluck();
  const ids = (keys: number[]): string[] => keys.map((key) => String(idOf.get(key)));
  return [
    ...findingOf('passage-places', ids(unsound.places), {
      detail: 'documents have passages that do not stand one behind the other in their text',
      repair: 'lets the next ingest read them again',
      advice: AGAIN,
    }),
    ...findingOf('passage-vectors', unsound.vectors, {
      detail: 'passages have no vector, or one that is none',
      repair: 'takes such vectors away, and lets the next ingest read the documents again',
      advice: AGAIN,
    }),
    ...findingOf('document-means', ids(unsound.means), {
      detail: 'documents lack the mean of their vectors',
      repair: 'makes it anew',
    }),
    ...findingOf('document-words', ids(unsound.words), {
      detail: 'documents are not found by their words, or not by all',
      repair: 'makes their words anew from their texts',
    }),
  ];
}

function unsoundPlaces(database: Database): number[] {
  const rows = database
    .prepare('SELECT document, start, text, gap FROM passages ORDER BY document, id')
    .raw()
    .iterate() as IterableIterator<[number, number, string, string]>;
  const unsound = new Set<number>();
  let [present, expected] = [0, 0];
  for (const [document, start, text, gap] of rows) {
    if (document !== present) [present, expected] = [document, 0];
    if (start !== expected || /\S/.test(gap)) unsound.add(document);
    expected = start + text.length + gap.length;
  }
  return [...unsound];
}

function unsoundVectors(database: Database, dimensions: number): number[] {
  const rows = database
    .prepare('SELECT passages.id, vector FROM passages LEFT JOIN vectors ON passage = passages.id')
    .raw()
    .iterate() as IterableIterator<[number, Buffer | null]>;
  const unsound: number[] = [];
  for (const [passage, vector] of rows) if (!isVector(vector, dimensions)) unsound.push(passage);
  return unsound;
}

function unsoundMeans(database: Database, dimensions: number, madeTo: number): number[] {
  const rows = database
    .prepare(
      `SELECT key, vector FROM documents LEFT JOIN document_vectors ON document = key
       WHERE key <= ? AND EXISTS (SELECT 1 FROM passages WHERE passages.document = key)`,
    )
    .raw()
    .iterate(madeTo) as IterableIterator<[number, Buffer | null]>;
  const unsound: number[] = [];
  for (const [key, vector] of rows) if (!isVector(vector, dimensions)) unsound.push(key);
  return unsound;
}

function unsoundWords(database: Database, madeTo: number): number[] {
  const known = new Set(database.prepare('SELECT id FROM terms').pluck().all() as number[]);
  const rows = database
    .prepare(
      `SELECT key, length, counts, key IN (SELECT rowid FROM document_terms)
       FROM documents LEFT JOIN term_counts ON document = key WHERE key <= ?`,
    )
    .raw()
    .iterate(madeTo) as IterableIterator<[number, number | null, Buffer | null, 0 | 1]>;
  const unsound: number[] = [];
  for (const [key, length, counts, hasPhrases] of rows) {
    const isSound =
      hasPhrases === 1 &&
      counts !== null &&
      unpackTermCounts(counts, length ?? 0).terms.every((term) => known.has(term));
    if (!isSound) unsound.push(key);
  }
  return unsound;
}

function isVector(blob: Buffer | null, dimensions: number): boolean {
  if (!Buffer.isBuffer(blob) || blob.byteLength !== dimensions * Float32Array.BYTES_PER_ELEMENT) return false;
  const square = toFloats(blob).reduce((sum, value) => sum + value * value, 0);
  return Math.abs(Math.sqrt(square) - 1) < LENGTH_TOLERANCE;
}
