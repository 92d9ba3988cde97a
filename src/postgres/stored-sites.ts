import { FURNITURE } from '../storage/site-store.js';
import type { StoredSites } from '../storage/stored-index.js';
import type { PostgresDatabase } from './database.js';

/** Which paragraphs are the furniture of their sites, on a PostgreSQL server. */
export class PostgresSites implements StoredSites {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async furniture(site: string, paragraphs: number[]): Promise<Set<number>> {
    const rows = await this.#database.query<{ paragraph: number }>(
      'SELECT paragraph FROM site_paragraphs WHERE site = $1 AND furniture > 0 AND paragraph = ANY($2::bigint[])',
      [site, paragraphs],
    );
    return new Set(rows.map(({ paragraph }) => paragraph));
  }

  learn(): Promise<string[]> {
    return this.#database.update(async (session) => {
      await session.run(
        `UPDATE site_paragraphs SET furniture = 1 WHERE furniture = 0 AND pages >= ${FURNITURE.pages}
           AND pages >= ${FURNITURE.share} * (SELECT count(*) FROM documents WHERE documents.site = site_paragraphs.site)`,
      );
      const rows = await session.query<{ site: string }>(
        'SELECT DISTINCT site FROM site_paragraphs WHERE furniture = 1 ORDER BY site',
      );
      return rows.map(({ site }) => site);
    });
  }

  async pages(site: string, after: number, limit: number): Promise<number[]> {
    const rows = await this.#database.query<{ key: number }>(
      'SELECT key FROM documents WHERE site = $1 AND key > $2 ORDER BY key LIMIT $3',
      [site, after, limit],
    );
    return rows.map(({ key }) => key);
  }

  async tidied(site: string): Promise<void> {
    await this.#database.update((session) =>
      session.run('UPDATE site_paragraphs SET furniture = 2 WHERE site = $1 AND furniture = 1', [site]),
    );
  }
}
