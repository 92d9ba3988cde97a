import { type ClientConfig, types } from 'pg';
import type { DatabaseAddress } from './database-url.js';

const CONNECT_TIMEOUT_MS = 5_000;

/** A connection without traffic is asked after this time whether it is still there. */
const KEEP_ALIVE_MS = 10_000;

/** How long a transaction waits for what another one holds. */
const LOCK_TIMEOUT_MS = 10_000;

/** A process that stands still in the midst of a write keeps all others from writing; no longer than this. */
const IDLE_IN_TRANSACTION_MS = 60_000;

/** Keys and counts stay below 2^53; sums of them are numeric. */
const toNumber = (text: string): number => Number(text);
const toNumbers = (text: string): number[] => (text === '{}' ? [] : text.slice(1, -1).split(',').map(Number));

const PARSERS: Record<number, (text: string) => unknown> = {
  [types.builtins.INT8]: toNumber,
  [types.builtins.NUMERIC]: toNumber,
  // int8[], which the driver has no name for.
  1016: toNumbers,
};

/** What every connection is made with. */
export function clientConfig({ connectionString }: DatabaseAddress): ClientConfig {
  return {
    connectionString,
    fallback_application_name: 'akin',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types: {
      getTypeParser: (id: number, format?: 'text' | 'binary') =>
        (format !== 'binary' && PARSERS[id]) || types.getTypeParser(id, format),
    },
  };
}

/**
 * What each connection is set to before its first use, as statements: poolers take no settings with the connection's
 * start, and PGlite passes over them.
 *
 * @param extensionSchema where pgvector is, so that its types and operators are found
 */
export function connectionSettings(
  schema: string,
  extensionSchema: string,
  statementTimeoutMs: number,
): string {
  const path = [...new Set([schema, extensionSchema, 'public'])].map((name) => `"${name}"`).join(', ');
  return [
    `SET search_path = ${path}`,
    `SET statement_timeout = ${statementTimeoutMs}`,
    `SET lock_timeout = ${LOCK_TIMEOUT_MS}`,
    `SET idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`,
    // Compiling a filter takes longer than it then saves.
    'SET jit = off',
  ].join('; ');
}
