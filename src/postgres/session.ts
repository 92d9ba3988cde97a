import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase, QueryResult } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { AkinError } from '../errors.js';
import { type CopyRow, copyText } from './copy-text.js';
import { explainLostConnection, explainPostgresError } from './failures.js';
import { storableParameters } from './storable.js';

/** Whatever takes statements: one connection, or any of a pool. Parameters are `$1`, `$2`. */
export interface Session {
  query<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** @returns how many rows the statement changed */
  run(sql: string, parameters?: unknown[]): Promise<number>;
  /**
   * Brings many rows into a table with COPY, which is the fastest way. Null is NULL; what is neither text nor a number is
   * written as PostgreSQL reads it: `{1,2}`, `[0.5,0.25]`, `\x00ff`, `t`.
   */
  copyIn(table: string, columns: string[], rows: Iterable<CopyRow>): Promise<void>;
}

/** How long the answer to a statement may be overdue before the connection counts as lost. */
const PATIENCE_MS = 5_000;

export interface ClientSessionOptions {
  /** For messages: where the server is. */
  place: string;
  /** How long the server lets a statement run; 0 for any time. */
  statementTimeoutMs: number;
}

/** One connection for as long as one user has it. Its failures are in Akin's terms. */
export class ClientSession implements Session {
  readonly #client: ClientBase;
  readonly #place: string;
  #statementTimeoutMs: number;
  #lost: Error | null = null;
  readonly #lose = (error: Error): void => {
    this.#lost ??= error;
  };

  constructor(client: ClientBase, { place, statementTimeoutMs }: ClientSessionOptions) {
    this.#client = client;
    this.#place = place;
    this.#statementTimeoutMs = statementTimeoutMs;
    // Without a listener, a connection that breaks would end the process.
    client.on('error', this.#lose);
  }

  /** Why the connection is of no use any more; null while it is. */
  get lost(): Error | null {
    return this.#lost;
  }

  async query<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    return (await this.#ask<Row>(sql, parameters)).rows;
  }

  async run(sql: string, parameters?: unknown[]): Promise<number> {
    return (await this.#ask(sql, parameters)).rowCount ?? 0;
  }

  async copyIn(table: string, columns: string[], rows: Iterable<CopyRow>): Promise<void> {
    const names = columns.map((column) => `"${column}"`).join(', ');
    await this.#inTime(() =>
      pipeline(
        Readable.from(copyText(rows)),
        this.#client.query(copyFrom(`COPY "${table}" (${names}) FROM STDIN`)),
      ),
    );
  }

  /** Ends a transaction so that it holds. */
  async commit(): Promise<void> {
    const { command } = await this.#ask('COMMIT');
    if (command !== 'COMMIT')
      throw new Error(
        'A statement of the transaction failed, and that was passed over: nothing of it holds.',
      );
  }

  /** Ends a transaction so that nothing of it holds; a connection that can't even do that ends it by ending. */
  async rollback(): Promise<void> {
    if (this.#lost) return;
    await this.#ask('ROLLBACK').catch(this.#lose);
  }

  /** For the transaction that has begun: how long a statement may take, 0 for any time. */
  async allow(statementTimeoutMs: number): Promise<void> {
    await this.run(`SET LOCAL statement_timeout = ${Math.trunc(statementTimeoutMs)}`);
    this.#statementTimeoutMs = statementTimeoutMs;
  }

  /** From now on a statement may take any time: whoever says so has told the server too. */
  unhurried(): this {
    this.#statementTimeoutMs = 0;
    return this;
  }

  /** Lets go of the connection. */
  leave(): void {
    this.#client.off('error', this.#lose);
  }

  #ask<Row extends object>(sql: string, parameters?: unknown[]): Promise<QueryResult<Row>> {
    return this.#inTime(() => this.#client.query<Row>(sql, parameters && storableParameters(parameters)));
  }

  /** A network that is down says nothing: the server's own timeout would not come through. */
  async #inTime<Result>(ask: () => Promise<Result>): Promise<Result> {
    const overdue = this.#statementTimeoutMs && this.#statementTimeoutMs + PATIENCE_MS;
    const timer = overdue && setTimeout(() => this.#giveUp(overdue), overdue);
    try {
      return await ask();
    } catch (error) {
      const explained = this.#lost
        ? explainLostConnection(error, this.#place)
        : explainPostgresError(error, this.#place);
      // The server may be ending, or have become a replica: the next connection may lead to another one.
      if (explained instanceof AkinError && explained.code === 'DATABASE_UNREACHABLE') this.#lose(explained);
      throw explained;
    } finally {
      if (timer) clearTimeout(timer);
    }
  }

  #giveUp(overdue: number): void {
    this.#lose(new Error(`no answer for ${overdue} ms`));
    // With a statement under way, this cuts the connection, and the statement fails.
    (this.#client as ClientBase & { end(): Promise<void> }).end().catch(this.#lose);
  }
}
