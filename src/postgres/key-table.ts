import {
  type AccessKey,
  type AccessKeys,
  inOrder,
  makeKey,
  type NewKey,
  type StoredKey,
  storedKey,
  withoutHash,
} from '../access/access-keys.js';
import type { PostgresDatabase } from './database.js';

/** The keys of an index on a server: what one process makes or revokes holds for all, with the next request. */
export class KeyTable implements AccessKeys {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async create(wanted: NewKey): Promise<AccessKey & { key: string }> {
    const { stored, text } = makeKey(wanted);
    await this.keep(stored);
    return { ...withoutHash(stored), key: text };
  }

  /** Keeps a key that was made elsewhere. */
  async keep(key: StoredKey): Promise<void> {
    await this.#database.update((session) =>
      session.run('INSERT INTO access_keys (id, value) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [
        key.id,
        JSON.stringify(key),
      ]),
    );
  }

  async list(): Promise<AccessKey[]> {
    return inOrder(await this.all());
  }

  async all(): Promise<StoredKey[]> {
    return this.#read('SELECT value FROM access_keys', []);
  }

  async revoke(id: string): Promise<boolean> {
    const removed = await this.#database.update((session) =>
      session.run('DELETE FROM access_keys WHERE id = $1', [id]),
    );
    return removed > 0;
  }

  async ids(): Promise<string[]> {
    const rows = await this.#database.query<{ id: string }>('SELECT id FROM access_keys');
    return rows.map(({ id }) => id);
  }

  async find(id: string): Promise<StoredKey | null> {
    const [key] = await this.#read('SELECT value FROM access_keys WHERE id = $1', [id]);
    return key ?? null;
  }

  async #read(sql: string, parameters: unknown[]): Promise<StoredKey[]> {
    const rows = await this.#database.query<{ value: string }>(sql, parameters);
    return rows.map(({ value }) => storedKey.parse(JSON.parse(value)));
  }
}
