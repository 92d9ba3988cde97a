import type { Database, Statement } from 'better-sqlite3';

/** Statements of one database, each prepared once: preparing takes longer than most of them run. */
export class Statements {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement<unknown[]>>();

  constructor(database: Database) {
    this.#database = database;
  }

  prepare(sql: string): Statement<unknown[]> {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
