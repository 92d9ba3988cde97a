import type { Config } from '../config.js';
import type { VersionSource } from '../storage/find-versions.js';
import type { Among, Selection, StoredIndex } from '../storage/stored-index.js';
import type { StoryRow } from '../storage/story-rows.js';
import type { PostgresDatabase } from './database.js';
import { filterToSql } from './filter-sql.js';
import { versionsOf } from './join-versions.js';
import { makeVectorTables, SERVING, type VectorType } from './model-tables.js';
import { Parameters } from './parameters.js';
import { phraseCondition } from './phrase-condition.js';
import { PostgresDocuments } from './stored-documents.js';
import { PostgresFiles } from './stored-files.js';
import { PostgresMap } from './stored-map.js';
import { PostgresSites } from './stored-sites.js';
import { PostgresTerms } from './stored-terms.js';
import { PostgresVectors } from './stored-vectors.js';
import { PostgresVersions } from './stored-versions.js';

/** An index in a schema of a PostgreSQL server. */
export class PostgresIndex implements StoredIndex {
  readonly database = 'postgresql';
  readonly documents: PostgresDocuments;
  readonly versions: PostgresVersions;
  readonly vectors: PostgresVectors;
  readonly terms: PostgresTerms;
  readonly sites: PostgresSites;
  readonly files: PostgresFiles;
  readonly map: PostgresMap;
  readonly #database: PostgresDatabase;
  readonly vectorType: VectorType;
  #passages = 0;
  #documentCount = 0;
  #model: string | null = null;
  readonly #counted = new Set<() => void>();
  #stopFollowing: () => void = () => undefined;

  private constructor(database: PostgresDatabase, vectorType: VectorType) {
    this.#database = database;
    this.vectorType = vectorType;
    this.documents = new PostgresDocuments(database);
    this.versions = new PostgresVersions(database);
    this.vectors = new PostgresVectors(database);
    this.terms = new PostgresTerms(database);
    this.sites = new PostgresSites(database);
    this.files = new PostgresFiles(database);
    this.map = new PostgresMap(database);
  }

  static async open(
    database: PostgresDatabase,
    { databaseVectors }: Pick<Config, 'databaseVectors'>,
  ): Promise<PostgresIndex> {
    const index = new PostgresIndex(database, databaseVectors === 'half' ? 'halfvec' : 'vector');
    await index.count();
    index.#stopFollowing = database.onChange(() => {
      // Searches that come meanwhile go by the number before; a failure is met by what is asked next.
      index.count().catch(() => undefined);
    });
    return index;
  }

  get place(): string {
    return this.#database.place;
  }

  /** Documents, as of the last change that is known. */
  get documentCount(): number {
    return this.#documentCount;
  }

  /** Passages, as of the last change that is known. */
  get passages(): number {
    return this.#passages;
  }

  /** The fingerprint of the model that made the vectors, as of the last change that is known. */
  get model(): string | null {
    return this.#model;
  }

  /** Calls back when what is known of the last change has been read. */
  onCount(listener: () => void): void {
    this.#counted.add(listener);
  }

  async among({ filter, ...words }: Selection): Promise<Among | null> {
    if (!filter && words.phrases.length === 0 && words.excluded.length === 0) return null;
    const parameters = new Parameters();
    const conditions = [
      ...(filter ? [parameters.join(filterToSql(filter))] : []),
      ...(await phraseCondition(words, this.terms, parameters)),
    ];
    const sql = conditions.map((condition) => `(${condition})`).join(' AND ') || 'true';
    return { sql, parameters: parameters.values };
  }

  atOneMoment<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#database.atOneMoment(work);
  }

  versionsOf(source: VersionSource): Promise<number[]> {
    return versionsOf(source, this.#database);
  }

  storyRows(limit: number): Promise<StoryRow[]> {
    return this.#database.query<StoryRow>(
      `SELECT key, id, title, url, source, published_at AS "publishedAt", published_ms AS "publishedMs",
         coalesce(version_group, -key) AS "group",
         (SELECT max(passages.id) FROM passages WHERE document = key) AS "lastPassage"
       FROM documents ORDER BY published_ms DESC NULLS LAST, id LIMIT $1`,
      [limit],
    );
  }

  async fingerprint(): Promise<string | null> {
    const [row] = await this.#database.query<{ value: string }>(
      "SELECT value FROM settings WHERE name = 'model'",
    );
    return row?.value ?? null;
  }

  async recordFingerprint(fingerprint: string, dimensions: number): Promise<void> {
    await this.#database.write(async (session) => {
      const [row] = await session.query<{ value: string; vectors: number }>(
        "SELECT value, (SELECT passages FROM totals) AS vectors FROM settings WHERE name = 'model'",
      );
      // Another process may have been first.
      if (row && (row.value === fingerprint || row.vectors > 0)) return;
      await makeVectorTables(SERVING, dimensions, this.vectorType, session);
      await session.run(
        "INSERT INTO settings (name, value) VALUES ('model', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [fingerprint],
      );
    });
    await this.count();
  }

  changes(): number {
    return this.#database.revision;
  }

  async size(): Promise<number> {
    const [row] = await this.#database.query<{ bytes: number }>(
      `SELECT coalesce(sum(pg_total_relation_size(pg_class.oid)), 0)::bigint AS bytes FROM pg_class
       JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = $1 AND relkind IN ('r', 'p')`,
      [this.#database.schema],
    );
    return row?.bytes ?? 0;
  }

  /** Reads what is to be known without asking. */
  async count(): Promise<void> {
    const [row] = await this.#database.query<{
      documents: number;
      passages: number;
      model: string | null;
    }>("SELECT documents, passages, (SELECT value FROM settings WHERE name = 'model') AS model FROM totals");
    this.#documentCount = row?.documents ?? 0;
    this.#passages = row?.passages ?? 0;
    this.#model = row?.model ?? null;
    for (const listener of this.#counted) listener();
  }

  close(): void {
    this.#stopFollowing();
  }
}
