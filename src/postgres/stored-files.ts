import { groupBy } from '../group-by.js';
import type { FileRecord } from '../storage/file-store.js';
import { type FileRow, toRecord } from '../storage/file-store.js';
import type { StoredFiles } from '../storage/stored-index.js';
import type { Failure } from '../types.js';
import type { PostgresDatabase } from './database.js';

const FILE = 'files.path, files.hash, reading, root, location, size, touched_ms, read_ms';

/** The files that the documents on a PostgreSQL server are from, and what of them could not be taken. */
export class PostgresFiles implements StoredFiles {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async get(path: string): Promise<FileRecord | null> {
    return (await this.#records('WHERE path = $1', [path]))[0] ?? null;
  }

  async ofDocument(key: number): Promise<FileRecord | null> {
    return (await this.#records('JOIN documents ON file = path WHERE key = $1', [key]))[0] ?? null;
  }

  /** All of them, each with what of it could not be taken. */
  async all(): Promise<{ record: FileRecord; failures: Failure[] }[]> {
    const records = await this.#records('ORDER BY path', []);
    const rows = await this.#database.query<Failure & { path: string }>(
      'SELECT path, item, code, detail FROM file_failures ORDER BY number',
    );
    return records.map((record) => ({
      record,
      failures: rows.filter(({ path }) => path === record.path).map(({ path: _path, ...failure }) => failure),
    }));
  }

  ofRoots(roots: string[]): Promise<FileRecord[]> {
    return this.#records('WHERE root = ANY($1::text[]) ORDER BY path', [roots]);
  }

  failed(): Promise<FileRecord[]> {
    return this.#records(
      'WHERE location IS NOT NULL AND path IN (SELECT path FROM file_failures) ORDER BY path',
      [],
    );
  }

  failures(path: string): Promise<Failure[]> {
    return this.#database.query<Failure>(
      'SELECT item, code, detail FROM file_failures WHERE path = $1 ORDER BY number',
      [path],
    );
  }

  async failuresOfRoots(roots: string[]): Promise<Map<string, Failure[]>> {
    const rows = await this.#database.query<Failure & { path: string }>(
      `SELECT path, item, code, detail FROM file_failures JOIN files USING (path)
       WHERE root = ANY($1::text[]) ORDER BY number`,
      [roots],
    );
    const groups = groupBy(rows, ({ path }) => path);
    return new Map(
      Array.from(groups, ([path, own]) => [path, own.map(({ path: _path, ...failure }) => failure)]),
    );
  }

  async #records(which: string, parameters: unknown[]): Promise<FileRecord[]> {
    const rows = await this.#database.query<FileRow>(`SELECT ${FILE} FROM files ${which}`, parameters);
    return rows.map(toRecord);
  }
}
