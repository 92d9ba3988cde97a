import type { Filter } from '../filter.js';
import { BEGINNING, type MapRow, type MapVector } from '../storage/map-store.js';
import type { StoredMap } from '../storage/stored-index.js';
import type { PostgresDatabase } from './database.js';
import { filterToSql } from './filter-sql.js';
import { Parameters } from './parameters.js';
import { fromSent } from './sent-vector.js';

/** What the map needs of the documents on a PostgreSQL server. */
export class PostgresMap implements StoredMap {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  states(after: string, limit: number): Promise<{ id: string; key: number; lastPassage: number | null }[]> {
    return this.#database.query(
      `SELECT id, key, (SELECT max(passages.id) FROM passages WHERE document = key) AS "lastPassage"
       FROM documents WHERE id > $1 ORDER BY id LIMIT $2`,
      [after, limit],
    );
  }

  async vectors(after: string, limit: number): Promise<MapVector[]> {
    const rows = await this.#database.query<{ key: number; id: string; sent: Buffer }>(
      `SELECT key, id, vector_send(vector::vector) AS sent FROM documents
       JOIN document_vectors ON document_vectors.document = documents.key
       WHERE id > $1 ORDER BY id LIMIT $2`,
      [after, limit],
    );
    return rows.map(({ sent, ...row }) => ({ ...row, vector: fromSent(sent) }));
  }

  rows(after: string, limit: number, filter: Filter | null): Promise<MapRow[]> {
    const parameters = new Parameters([after, limit]);
    const condition = filter ? parameters.join(filterToSql(filter)) : 'true';
    return this.#database.query<MapRow>(
      `SELECT key, id, title, source, language, published_at AS "publishedAt",
         CASE WHEN title IS NULL THEN
           (SELECT substr(text, 1, ${BEGINNING}) FROM passages WHERE document = key ORDER BY passages.id LIMIT 1) END AS beginning
       FROM documents WHERE id > $1 AND (${condition}) ORDER BY id LIMIT $2`,
      parameters.values,
    );
  }
}
