import { AkinError } from '../errors.js';

/** Where Akin's tables lie when the URL names no schema. */
const DEFAULT_SCHEMA = 'akin';

/** PostgreSQL cuts names at 63 bytes; some of those that are made of this one are longer than it. */
const SCHEMA = /^[a-z_][a-z0-9_]{0,49}$/;

/** A database as a setting names it. */
export interface DatabaseAddress {
  /** What the driver takes: the URL without what is Akin's own in it. */
  connectionString: string;
  schema: string;
  /** For messages: host, port and database, without user and password. */
  place: string;
}

/**
 * Reads `postgres://user:password@host:port/database?schema=akin`; the schema may be left out.
 *
 * @throws AkinError INVALID_SETTING, in words that hold nothing of the URL, which may have a password in it
 */
export function readDatabaseUrl(text: string): DatabaseAddress {
  const wrong = databaseUrlProblem(text);
  if (wrong !== null) throw new AkinError('INVALID_SETTING', `AKIN_DATABASE is wrong: ${wrong}.`);
  const url = new URL(text);
  const schema = url.searchParams.get('schema') ?? DEFAULT_SCHEMA;
  url.searchParams.delete('schema');
  const host = url.searchParams.get('host') ?? (url.hostname || 'localhost');
  const port = url.port || (url.searchParams.get('port') ?? '5432');
  return {
    connectionString: url.href,
    schema,
    place: `${decodeURIComponent(host)}:${port}${decodeURIComponent(url.pathname)}`,
  };
}

/** What is wrong with a database's URL; null where nothing is. */
export function databaseUrlProblem(text: string): string | null {
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol))
    return 'it must be a URL like postgres://user:password@host:5432/database?schema=akin, with signs such as @ and / in the password written as %40 and %2F';
  const schema = new URL(text).searchParams.get('schema');
  if (schema !== null && (!SCHEMA.test(schema) || schema.startsWith('pg_')))
    return 'its schema must be at most 50 lower-case letters, digits and _, and may begin neither with a digit nor with pg_';
  return null;
}

/** The URL as it may be shown: with its password left out. */
export function withoutPassword(text: string): string {
  if (!URL.canParse(text)) return '(no URL)';
  const url = new URL(text);
  if (url.password !== '') url.password = '***';
  if (url.searchParams.has('password')) url.searchParams.set('password', '***');
  return url.href;
}
