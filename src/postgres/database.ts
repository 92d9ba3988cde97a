import { AsyncLocalStorage } from 'node:async_hooks';
import PQueue from 'p-queue';
import { Client, escapeLiteral, Pool } from 'pg';
import { attempt } from './attempts.js';
import { committed } from './committed.js';
import type { CopyRow } from './copy-text.js';
import { type DatabaseAddress, readDatabaseUrl } from './database-url.js';
import { DEFAULT_CONNECTIONS, DEFAULT_STATEMENT_TIMEOUT_MS } from './defaults.js';
import { clientConfig, connectionSettings } from './driver.js';
import { explainLostConnection } from './failures.js';
import { migrate } from './migrations.js';
import { Revision } from './revision.js';
import { ClientSession, type Session } from './session.js';
import { checkServer } from './suitability.js';

/** How often a write is tried in all. */
const WRITE_ATTEMPTS = 5;
const READ_ATTEMPTS = 2;

export interface DatabaseSettings {
  /** `postgres://user:password@host:port/database?schema=akin` */
  url: string;
  /** The most at once, one of them for news of other processes' writes. Default: 10 */
  connections?: number;
  /** How long the server lets a statement run, in milliseconds; 0 for any time. Default: 30,000 */
  statementTimeoutMs?: number;
}

export interface TransactionOptions {
  /** Instead of the setting, for work on the whole index; 0 for any time. */
  statementTimeoutMs?: number;
}

export interface WriteOptions extends TransactionOptions {
  /**
   * Wait until it is on the disk. Without, an end of Akin takes nothing away, but one of the server may take the last
   * writes, to the last durable one: for work that is then done again. Default: true
   */
  durable?: boolean;
}

/**
 * A PostgreSQL database with Akin's tables in one schema of it, over a pool of connections. Any number of processes may
 * work on it. Its own queries each take any connection; what belongs together goes into `read`, `write` or `update`, which
 * give a session of their own to what they run, and may run it again: it must change nothing but the database, and use
 * nothing but that session.
 *
 * All throw AkinError DATABASE_UNREACHABLE while the server can't be reached, BUSY, DATABASE_REFUSED or DISK_FULL.
 */
export class PostgresDatabase implements Session {
  readonly schema: string;
  /** Host, port and database, for messages. */
  readonly place: string;
  readonly #pool: Pool;
  readonly #revision: Revision;
  readonly #statementTimeoutMs: number;
  /** The session of `atOneMoment`, for all that is read within it. */
  readonly #moment = new AsyncLocalStorage<Session>();
  /** This process's writes wait here, not at the server, where each would hold a connection. */
  readonly #writers = new PQueue({ concurrency: 1 });

  private constructor(
    address: DatabaseAddress,
    {
      connections,
      statementTimeoutMs,
      vectorSchema,
    }: { connections: number; statementTimeoutMs: number; vectorSchema: string },
  ) {
    this.schema = address.schema;
    this.place = address.place;
    this.#statementTimeoutMs = statementTimeoutMs;
    const settings = connectionSettings(address.schema, vectorSchema, statementTimeoutMs);
    this.#pool = new Pool({
      ...clientConfig(address),
      max: Math.max(1, connections - 1),
      // Waited for, whatever its type says: no query comes before it.
      onConnect: (client) => client.query(settings) as unknown as undefined,
    });
    // An idle connection that breaks leaves the pool by itself; who asks next gets a new one, or is told.
    this.#pool.on('error', () => undefined);
    this.#revision = new Revision({
      listener: connections > 1 ? clientConfig(address) : null,
      channel: this.#channel,
      ask: async () => {
        const [row] = await this.query<{ number: number }>('SELECT number FROM revision');
        return row?.number ?? 0;
      },
    });
  }

  /**
   * Looks whether the server and the database are fit, brings the tables up to date, and opens the pool.
   *
   * @throws AkinError INVALID_SETTING, DATABASE_UNREACHABLE, DATABASE_REFUSED, DATABASE_UNSUITABLE, DATABASE_READ_ONLY,
   *   DATABASE_OUTDATED or INDEX_TOO_NEW
   */
  static async connect({
    url,
    connections = DEFAULT_CONNECTIONS,
    statementTimeoutMs = DEFAULT_STATEMENT_TIMEOUT_MS,
  }: DatabaseSettings): Promise<PostgresDatabase> {
    const address = readDatabaseUrl(url);
    const vectorSchema = await prepare(address);
    const database = new PostgresDatabase(address, { connections, statementTimeoutMs, vectorSchema });
    try {
      await database.#revision.start();
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  query<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    const moment = this.#moment.getStore();
    if (moment) return moment.query<Row>(sql, parameters);
    return this.#use((session) => session.query<Row>(sql, parameters));
  }

  run(sql: string, parameters?: unknown[]): Promise<number> {
    return this.#use((session) => session.run(sql, parameters));
  }

  copyIn(table: string, columns: string[], rows: Iterable<CopyRow>): Promise<void> {
    return this.#use((session) => session.copyIn(table, columns, rows));
  }

  /**
   * Several queries on one connection, in a transaction that only reads. Each statement sees what was stored when it began.
   *
   * @param settings of PostgreSQL or pgvector that hold within it, as `{ 'hnsw.ef_search': '100' }`
   */
  read<Result>(
    work: (session: Session) => Promise<Result>,
    settings: Record<string, string> = {},
  ): Promise<Result> {
    const moment = this.#moment.getStore();
    if (moment) return withSettings(settings, moment, work);
    return this.#reading('BEGIN READ ONLY', (session) => withSettings(settings, session, work));
  }

  /** All that is read within `work`, by whatever query, is as it is at one moment. */
  atOneMoment<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#moment.getStore()) return work();
    return this.#reading('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY', (session) =>
      this.#moment.run(session, work),
    );
  }

  #reading<Result>(begin: string, work: (session: Session) => Promise<Result>): Promise<Result> {
    return attempt(READ_ATTEMPTS, () =>
      this.#use(async (session) => {
        await session.run(begin);
        try {
          const result = await work(session);
          await session.commit();
          return result;
        } catch (error) {
          await session.rollback();
          throw error;
        }
      }),
    );
  }

  /**
   * Changes what searches answer: all of it is stored when it resolves, or nothing. One write runs at a time, of all
   * processes; each has a new `revision`. One within another's work would wait for ever.
   */
  write<Result>(
    work: (session: Session) => Promise<Result>,
    { durable = true, ...options }: WriteOptions = {},
  ): Promise<Result> {
    const writing = async (session: ClientSession): Promise<{ result: Result; number: number }> => {
      await session.run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [this.#channel]);
      const [bumped] = await session.query<{ number: number }>(
        `WITH bumped AS (UPDATE revision SET number = number + 1 RETURNING number)
         SELECT number, pg_notify($1, number::text) FROM bumped`,
        [this.#channel],
      );
      return { result: await work(session), number: bumped?.number ?? 0 };
    };
    const begin = durable ? 'BEGIN' : 'BEGIN; SET LOCAL synchronous_commit = off';
    return this.#writers.add(async () => {
      const { result, number } = await this.#change(begin, writing, options);
      this.#revision.saw(number);
      return result;
    });
  }

  /**
   * Changes what no search looks at, such as how far a job is: any number of these run at once, and `revision` stays.
   */
  update<Result>(
    work: (session: Session) => Promise<Result>,
    options: TransactionOptions = {},
  ): Promise<Result> {
    return this.#change('BEGIN', work, options);
  }

  /** Statements that can't stand in a transaction, or take as long as they take, on one connection. */
  maintain<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    return this.#use(async (session) => {
      await session.run('SET statement_timeout = 0');
      try {
        return await work(session.unhurried());
      } finally {
        await session.run(`SET statement_timeout = ${this.#statementTimeoutMs}`);
      }
    });
  }

  /** Another number whenever any process has written; of others' writes it tells a moment later. */
  get revision(): number {
    return this.#revision.number;
  }

  /** @returns ends it */
  onChange(listener: () => void): () => void {
    return this.#revision.onChange(listener);
  }

  async close(): Promise<void> {
    await this.#writers.onIdle();
    await this.#revision.close();
    await this.#pool.end();
  }

  /** What notifications and the writers' lock go by. */
  get #channel(): string {
    return `akin_${this.schema}`;
  }

  /** A transaction, again after failures that pass; one whose end is not known counts by what the server says of it. */
  #change<Result>(
    begin: string,
    work: (session: ClientSession) => Promise<Result>,
    { statementTimeoutMs }: TransactionOptions,
  ): Promise<Result> {
    return attempt(WRITE_ATTEMPTS, async () => {
      let ending: { transaction: string; result: Result } | null = null;
      try {
        return await this.#use(async (session) => {
          await session.run(begin);
          try {
            if (statementTimeoutMs !== undefined) await session.allow(statementTimeoutMs);
            const result = await work(session);
            const [row] = await session.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id');
            ending = { transaction: row?.id ?? '', result };
            await session.commit();
            return result;
          } catch (error) {
            await session.rollback();
            throw error;
          }
        });
      } catch (error) {
        const end = ending as { transaction: string; result: Result } | null;
        if (end && (await committed(this, end.transaction, error))) return end.result;
        throw error;
      }
    });
  }

  async #use<Result>(work: (session: ClientSession) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw explainLostConnection(error, this.place);
    });
    const session = new ClientSession(client, {
      place: this.place,
      statementTimeoutMs: this.#statementTimeoutMs,
    });
    try {
      return await work(session);
    } finally {
      session.leave();
      client.release(session.lost ?? undefined);
    }
  }
}

/** Others that read at the same moment find the settings as they were. */
async function withSettings<Result>(
  settings: Record<string, string>,
  session: Session,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const names = Object.keys(settings);
  if (names.length === 0) return work(session);
  await session.run(
    names.map((name) => `SET LOCAL ${name} = ${escapeLiteral(settings[name] ?? '')}`).join('; '),
  );
  const result = await work(session);
  await session.run(names.map((name) => `SET LOCAL ${name} TO DEFAULT`).join('; '));
  return result;
}

/**
 * On a connection of its own, on which statements may take any time.
 * @returns the schema where pgvector is
 */
async function prepare(address: DatabaseAddress): Promise<string> {
  const { schema, place } = address;
  const client = new Client(clientConfig(address));
  const session = new ClientSession(client, { place, statementTimeoutMs: 0 });
  try {
    await client.connect().catch((error: unknown) => {
      throw explainLostConnection(error, place);
    });
    const vectorSchema = await checkServer(session, place);
    return await migrate(session, { schema, place, vectorSchema });
  } finally {
    await client.end();
    session.leave();
  }
}
