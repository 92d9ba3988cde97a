import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AkinError } from '../errors.js';

/** The database in an index folder. */
export const DATABASE_FILE = 'akin.db';

/** The first bytes of an SQLite database. */
const MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;

/** What is in an index folder only when there was a database. */
const FOLLOWERS = /^(vectors-.*\.hnsw|akin\.db-wal)$/;

/**
 * Looks at what SQLite lets pass: it takes a file that is cut off before its first page for an empty database, one of a
 * later format for one that can't be written, and what is missing at the end for zeros. A folder without a database, or
 * with an empty one, is a new index, unless something lies in it that is of an earlier one.
 *
 * @throws AkinError INDEX_DAMAGED
 */
export function checkDatabaseFile(folder: string): void {
  const path = join(folder, DATABASE_FILE);
  const header = headerOf(path);
  const followers = namesIn(folder).filter(
    (name) => FOLLOWERS.test(name) && statSync(join(folder, name)).size > 0,
  );
  if (header === null || header.length === 0) {
    if (followers.length === 0) return;
    throw damaged(folder, `${header ? 'empty' : 'missing'}, though ${followers.join(', ')} is there`);
  }
  if (!isDatabase(header)) throw damaged(folder, "damaged or no index of Akin's");
  // What is to come into it from the log may be longer.
  if (followers.includes(`${DATABASE_FILE}-wal`)) return;
  const expected = sizeIn(header);
  const { size } = statSync(path);
  if (expected !== null && size < expected)
    throw damaged(folder, `cut short: it has ${size} of ${expected} bytes`);
}

/** By the fields of SQLite's header (sqlite.org/fileformat2.html, 1.3) that it takes as they are. */
function isDatabase(header: Buffer): boolean {
  return (
    header.length === HEADER_BYTES &&
    header.toString('latin1', 0, MAGIC.length) === MAGIC &&
    [1, 2].includes(header.readUInt8(18)) &&
    [1, 2].includes(header.readUInt8(19)) &&
    header.readUInt32BE(44) <= 4 &&
    // UTF-8, or nothing yet.
    header.readUInt32BE(56) <= 1
  );
}

/** How long a database says that it is; null where an older SQLite wrote it last. */
function sizeIn(header: Buffer): number | null {
  if (header.readUInt32BE(24) !== header.readUInt32BE(92)) return null;
  const pageSize = header.readUInt16BE(16);
  return header.readUInt32BE(28) * (pageSize === 1 ? 65_536 : pageSize);
}

/** What is said of a database that can't be opened. */
export function damaged(folder: string, how: string, cause?: unknown): AkinError {
  return new AkinError(
    'INDEX_DAMAGED',
    `${join(folder, DATABASE_FILE)} is ${how}. akin doctor says what is wrong. Put a backup back (akin restore FILE --force), or delete the files in ${folder} and ingest again.`,
    cause === undefined ? {} : { cause },
  );
}

/** The header of a database, or as much as there is; null where there is no file. */
function headerOf(path: string): Buffer | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    return header.subarray(0, readSync(file, header, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
