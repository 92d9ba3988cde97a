import type { StoredVersions } from '../storage/stored-index.js';
import type { PostgresDatabase } from './database.js';

/** Which documents are versions of one story, on a PostgreSQL server. */
export class PostgresVersions implements StoredVersions {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async groupOf(document: number): Promise<number[]> {
    return (await this.groupsOf([document])).get(document) ?? [document];
  }

  async groupsOf(documents: number[]): Promise<Map<number, number[]>> {
    if (documents.length === 0) return new Map();
    const rows = await this.#database.query<{ key: number; members: number[] }>(
      `SELECT key, members FROM documents JOIN (
         SELECT version_group, array_agg(key ORDER BY published_ms DESC NULLS LAST, key DESC) AS members
         FROM documents WHERE version_group IN (SELECT version_group FROM documents WHERE key = ANY($1::bigint[]))
         GROUP BY version_group
       ) AS groups USING (version_group) WHERE key = ANY($1::bigint[])`,
      [documents],
    );
    return new Map(rows.map(({ key, members }) => [key, members.map(Number)]));
  }
}
