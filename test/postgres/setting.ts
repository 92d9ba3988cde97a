import type { PostgresDatabase } from '../../src/postgres/database.js';

/** A statement that stores a setting, and appends to it where it is stored already: a write done twice shows. */
export const setting = (name: string, value: string) => ({
  sql: `INSERT INTO settings VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = settings.value || excluded.value`,
  parameters: [name, value],
});

/** What a setting is, where there is one. */
export const settingOf = async (connected: PostgresDatabase, name: string): Promise<string | undefined> =>
  (await connected.query<{ value: string }>('SELECT value FROM settings WHERE name = $1', [name]))[0]?.value;
