import type { Filter } from '../filter.js';
import type { DocumentRow, FacetRow } from '../storage/document-store.js';
import type { StoredDocuments } from '../storage/stored-index.js';
import type { Document, ParsedDocument, StoredPassage } from '../types.js';
import type { PostgresDatabase } from './database.js';
import { filterToSql } from './filter-sql.js';
import { Parameters } from './parameters.js';

export const ROW =
  'key, id, title, url, source, author, published_at AS "publishedAt", language, tags, metadata';
const TEXT = `coalesce((SELECT string_agg(text || gap, '' ORDER BY passages.id) FROM passages WHERE document = key), '')`;
const PASSAGE = 'id, document, text, start, page, heading';

type PassageRow = Omit<StoredPassage, 'end'> & { document: number };

/** Documents and passages on a PostgreSQL server. */
export class PostgresDocuments implements StoredDocuments {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async get(id: string): Promise<(Document & { key: number }) | null> {
    const [row] = await this.#database.query<Document & { key: number }>(
      `SELECT ${ROW}, ${TEXT} AS text FROM documents WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  async keyOf(id: string): Promise<number | null> {
    const [row] = await this.#database.query<{ key: number }>('SELECT key FROM documents WHERE id = $1', [
      id,
    ]);
    return row?.key ?? null;
  }

  async rows(keys: number[]): Promise<Map<number, DocumentRow>> {
    if (keys.length === 0) return new Map();
    const rows = await this.#database.query<DocumentRow>(
      `SELECT ${ROW} FROM documents WHERE key = ANY($1::bigint[])`,
      [keys],
    );
    return new Map(rows.map((row) => [row.key, row]));
  }

  async present(ids: string[]): Promise<Map<string, { hash: string; file: string | null }>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#database.query<{ id: string; hash: string; file: string | null }>(
      'SELECT id, hash, file FROM documents WHERE id = ANY($1::text[])',
      [ids],
    );
    return new Map(rows.map(({ id, ...rest }) => [id, rest]));
  }

  idsOfFile(file: string): Promise<string[]> {
    return this.#ids('SELECT id FROM documents WHERE file = $1 ORDER BY key', [file]);
  }

  async idOfUrl(urls: string[]): Promise<string | null> {
    const [id] = await this.#ids(
      'SELECT id FROM documents WHERE url = ANY($1::text[]) ORDER BY key LIMIT 1',
      [urls],
    );
    return id ?? null;
  }

  async idOfTitle(title: string): Promise<string | null> {
    const rows = await this.#database.query<{ id: string; story: number }>(
      'SELECT id, coalesce(version_group, key) AS story FROM documents WHERE title = $1 ORDER BY key LIMIT 50',
      [title],
    );
    const isOne = new Set(rows.map(({ story }) => story)).size === 1;
    return isOne ? (rows[0]?.id ?? null) : null;
  }

  async page(key: number): Promise<{ id: string; file: string | null; parsed: ParsedDocument } | null> {
    const [row] = await this.#database.query<
      Document & { key: number; file: string | null; site: string } & {
        marks: Pick<ParsedDocument, 'headings' | 'pages'>;
      }
    >(
      `SELECT ${ROW}, file, site, marks, ${TEXT} AS text FROM documents
       WHERE key = $1 AND site IS NOT NULL AND marks IS NOT NULL`,
      [key],
    );
    if (!row) return null;
    const { key: _key, id, file, marks, ...parsed } = row;
    return { id, file, parsed: { ...parsed, ...marks } };
  }

  list({
    limit,
    after = 0,
    filter,
  }: {
    limit: number;
    after?: number;
    filter?: Filter;
  }): Promise<DocumentRow[]> {
    return this.#passing<DocumentRow>(ROW, { limit, after, filter });
  }

  facetRows(options: { limit: number; after: number; filter?: Filter }): Promise<FacetRow[]> {
    const columns =
      'key, source, author, language, tags, published_at AS "publishedAt", published_ms AS "publishedMs"';
    return this.#passing<FacetRow>(columns, options);
  }

  async passing(ids: string[], filter: Filter): Promise<Set<string>> {
    const parameters = new Parameters([ids]);
    const condition = parameters.join(filterToSql(filter));
    return new Set(
      await this.#ids(
        `SELECT id FROM documents WHERE id = ANY($1::text[]) AND (${condition})`,
        parameters.values,
      ),
    );
  }

  idsMatching(filter: Filter): Promise<string[]> {
    const { sql, parameters } = filterToSql(filter);
    return this.#ids(`SELECT id FROM documents WHERE ${sql} ORDER BY key`, parameters);
  }

  async passagesOf(keys: number[]): Promise<Map<number, StoredPassage[]>> {
    const passages = new Map<number, StoredPassage[]>(keys.map((key) => [key, []]));
    if (keys.length === 0) return passages;
    const rows = await this.#database.query<PassageRow>(
      `SELECT ${PASSAGE} FROM passages WHERE document = ANY($1::bigint[]) ORDER BY document, id`,
      [keys],
    );
    for (const row of rows) passages.get(row.document)?.push(toPassage(row));
    return passages;
  }

  async passagesById(ids: number[]): Promise<Map<number, StoredPassage>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#database.query<PassageRow>(
      `SELECT ${PASSAGE} FROM passages WHERE id = ANY($1::bigint[])`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, toPassage(row)]));
  }

  async counts(): Promise<{ documents: number; passages: number }> {
    const [row] = await this.#database.query<{ documents: number; passages: number }>(
      'SELECT documents, passages FROM totals',
    );
    return row ?? { documents: 0, passages: 0 };
  }

  async countsMatching(filter: Filter): Promise<{ documents: number; passages: number; bytes: number }> {
    const { sql, parameters } = filterToSql(filter);
    const [row] = await this.#database.query<{ documents: number; passages: number; bytes: number }>(
      `SELECT count(DISTINCT documents.key) AS documents, count(passages.id) AS passages,
         coalesce(sum(octet_length(passages.text)), 0)::bigint AS bytes
       FROM documents LEFT JOIN passages ON passages.document = documents.key WHERE ${sql}`,
      parameters,
    );
    return row ?? { documents: 0, passages: 0, bytes: 0 };
  }

  #passing<Row extends object>(
    columns: string,
    { limit, after, filter }: { limit: number; after: number; filter?: Filter | undefined },
  ): Promise<Row[]> {
    const parameters = new Parameters([after, limit]);
    const condition = filter ? parameters.join(filterToSql(filter)) : 'true';
    return this.#database.query<Row>(
      `SELECT ${columns} FROM documents WHERE key > $1 AND (${condition}) ORDER BY key LIMIT $2`,
      parameters.values,
    );
  }

  async #ids(sql: string, parameters: unknown[]): Promise<string[]> {
    return (await this.#database.query<{ id: string }>(sql, parameters)).map(({ id }) => id);
  }
}

function toPassage({ document: _document, ...row }: PassageRow): StoredPassage {
  return { ...row, end: row.start + row.text.length };
}
