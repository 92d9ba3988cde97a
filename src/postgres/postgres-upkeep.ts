import type { Config } from '../config.js';
import { AkinError } from '../errors.js';
import { type ModelChoice, startNext } from '../maintenance/model-switch.js';
import type { UpkeepOptions, UpkeepType } from '../maintenance/upkeep.js';
import type { PostgresDatabase } from './database.js';
import type { SharedUpkeep } from './job-work.js';
import type { PostgresParts } from './postgres-parts.js';
import { PostgresReembedding } from './reembedding.js';

/** Keeps an index on a server in order, while it is searched. */
export class PostgresUpkeep implements SharedUpkeep {
  readonly #parts: PostgresParts;
  readonly #config: Config;

  constructor(parts: PostgresParts, config: Config) {
    this.#parts = parts;
    this.#config = config;
  }

  async run(type: UpkeepType, input: unknown, options: UpkeepOptions): Promise<void> {
    const { database } = this.#parts;
    switch (type) {
      case 'rebuild':
        return rebuildGraphs(database);
      case 'compact':
        await vacuum(database, options);
        return rebuildGraphs(database);
      case 'reembed':
        return this.#reembed(input as ModelChoice, options);
    }
  }

  /** Embeds all passages with another model; with the end of it that one serves, in every process. */
  async #reembed(choice: ModelChoice, options: UpkeepOptions): Promise<void> {
    const { database, storage, follower } = this.#parts;
    const { embedder, reader } = await startNext({ ...this.#config, ...choice });
    try {
      await new PostgresReembedding({ database, embedder, reader, type: storage.vectorType }).run(options);
    } finally {
      await Promise.all([embedder.close(), reader.close()]);
    }
    await storage.count();
    await follower.catchUp();
  }
}

/** Builds the HNSW graphs anew beside those that serve. */
async function rebuildGraphs(database: PostgresDatabase): Promise<void> {
  const graphs = await database.query<{ name: string }>(
    `SELECT quote_ident(indexes.relname) AS name FROM pg_class AS indexes
     JOIN pg_namespace ON pg_namespace.oid = indexes.relnamespace JOIN pg_am ON pg_am.oid = indexes.relam
     WHERE nspname = $1 AND amname = 'hnsw'`,
    [database.schema],
  );
  await database.maintain(async (session) => {
    for (const { name } of graphs) await session.run(`REINDEX INDEX CONCURRENTLY ${name}`);
  });
}

/** Gives the room of rows that are gone back to the tables, and lets the planner know what is in them. */
async function vacuum(database: PostgresDatabase, { isStopped }: UpkeepOptions): Promise<void> {
  const tables = await database.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = $1 ORDER BY tablename`,
    [database.schema],
  );
  await database.maintain(async (session) => {
    for (const { name } of tables) {
      if (isStopped()) throw new AkinError('CANCELLED', 'The compaction was stopped.');
      await session.run(`VACUUM (ANALYZE) ${name}`);
    }
  });
}
