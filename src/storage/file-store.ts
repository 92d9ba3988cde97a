import type { Database } from 'better-sqlite3';
import { groupBy } from '../group-by.js';
import type { Failure } from '../types.js';

/** Where a file lies on this machine, and by what a change of it is seen without reading it. */
export interface FilePlace {
  /** The folder that was brought in, or the file itself where it was named alone. Absolute. */
  root: string;
  location: string;
  /** In bytes. */
  size: number;
  /** When the file or its entry last changed, whichever is later, in milliseconds since 1970. */
  touchedMs: number;
}

/** A file as it was when it was last read. */
export interface FileRecord {
  /** The path that it goes by in the index. */
  path: string;
  /** SHA-256; empty where its bytes could not be read. */
  hash: string;
  /** The reader and settings that read it. */
  reading: string | null;
  /** Null for a file that was uploaded. */
  place: FilePlace | null;
  readMs: number | null;
}

/** A file's row. */
export interface FileRow {
  path: string;
  hash: string;
  reading: string | null;
  root: string | null;
  location: string | null;
  size: number | null;
  touched_ms: number | null;
  read_ms: number | null;
}

/** The files that the documents are from, and what of them could not be taken. */
export class FileStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get(path: string): FileRecord | null {
    const row = this.#database.prepare('SELECT * FROM files WHERE path = ?').get(path);
    return row === undefined ? null : toRecord(row as FileRow);
  }

  /** The file that a document is from; null for one that came as JSON. */
  ofDocument(key: number): FileRecord | null {
    const row = this.#database
      .prepare(
        'SELECT files.* FROM files JOIN documents ON documents.file = files.path WHERE documents.key = ?',
      )
      .get(key);
    return row === undefined ? null : toRecord(row as FileRow);
  }

  /** All of them, each with what of it could not be taken. */
  all(): { record: FileRecord; failures: Failure[] }[] {
    const rows = this.#database.prepare('SELECT * FROM files ORDER BY path').all() as FileRow[];
    return rows.map((row) => ({ record: toRecord(row), failures: this.failures(row.path) }));
  }

  /** The files that came from these folders, or were named alone. */
  ofRoots(roots: string[]): FileRecord[] {
    const rows = this.#database
      .prepare('SELECT * FROM files WHERE root IN (SELECT value FROM json_each(?)) ORDER BY path')
      .all(JSON.stringify(roots));
    return (rows as FileRow[]).map(toRecord);
  }

  /** The files of folders of which something could not be taken. */
  failed(): FileRecord[] {
    const rows = this.#database
      .prepare(
        'SELECT * FROM files WHERE location IS NOT NULL AND path IN (SELECT path FROM file_failures) ORDER BY path',
      )
      .all();
    return (rows as FileRow[]).map(toRecord);
  }

  failures(path: string): Failure[] {
    return this.#database
      .prepare('SELECT item, code, detail FROM file_failures WHERE path = ? ORDER BY rowid')
      .all(path) as Failure[];
  }

  /** What could not be taken of the files of these folders, by path. */
  failuresOfRoots(roots: string[]): Map<string, Failure[]> {
    const rows = this.#database
      .prepare(
        `SELECT file_failures.* FROM file_failures JOIN files ON files.path = file_failures.path
         WHERE root IN (SELECT value FROM json_each(?)) ORDER BY file_failures.rowid`,
      )
      .all(JSON.stringify(roots)) as (Failure & { path: string })[];
    const groups = groupBy(rows, ({ path }) => path);
    return new Map(
      Array.from(groups, ([path, own]) => [path, own.map(({ path: _path, ...failure }) => failure)]),
    );
  }

  /** Notes a file as read, in place of what was known of it. */
  record({ path, hash, reading, place, readMs }: FileRecord, failures: Failure[]): void {
    this.#database
      .prepare(
        `INSERT INTO files (path, hash, reading, root, location, size, touched_ms, read_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (path) DO UPDATE SET hash = excluded.hash, reading = excluded.reading, root = excluded.root,
           location = excluded.location, size = excluded.size, touched_ms = excluded.touched_ms, read_ms = excluded.read_ms`,
      )
      .run(path, hash, reading, place?.root, place?.location, place?.size, place?.touchedMs, readMs);
    this.#database.prepare('DELETE FROM file_failures WHERE path = ?').run(path);
    const insert = this.#database.prepare(
      'INSERT INTO file_failures (path, item, code, detail) VALUES (?, ?, ?, ?)',
    );
    for (const { item, code, detail } of failures) insert.run(path, item, code, detail);
  }

  remove(path: string): void {
    this.#database.prepare('DELETE FROM files WHERE path = ?').run(path);
  }
}

export function toRecord({
  path,
  hash,
  reading,
  root,
  location,
  size,
  touched_ms,
  read_ms,
}: FileRow): FileRecord {
  const isPlaced = root !== null && location !== null && size !== null && touched_ms !== null;
  const place = isPlaced ? { root, location, size, touchedMs: touched_ms } : null;
  return { path, hash, reading, place, readMs: read_ms };
}
