import { z } from 'zod';
import { AkinError } from '../errors.js';
import { parseFilter } from '../filter.js';
import type { Awaitable } from '../storage/stored-index.js';
import { SCOPES, type Scope } from './scope.js';
import { hashSecret, newSecret, writeSecret } from './secret.js';

/** A key without its secret. */
export interface AccessKey {
  id: string;
  name: string | null;
  scope: Scope;
  /** The only documents that its holder sees, as a request gives a filter; null for all. */
  filter: unknown;
  createdAt: string;
}

/** What a new key shall be. */
export interface NewKey {
  scope: Scope;
  name?: string;
  filter?: unknown;
}

/** A key with what is kept of its secret. */
export const storedKey = z.object({
  id: z.string(),
  name: z.string().nullable(),
  scope: z.enum(SCOPES),
  filter: z.unknown(),
  createdAt: z.string(),
  hash: z.string(),
});

export type StoredKey = z.output<typeof storedKey>;

/** The keys of an index: files of its folder, or rows of its database. */
export interface AccessKeys {
  /**
   * Makes a key. Its secret is in the answer and nowhere else.
   * @throws AkinError INVALID_REQUEST for a wrong filter, or one where documents may be written
   */
  create(key: NewKey): Awaitable<AccessKey & { key: string }>;
  /** The oldest first. @throws AkinError INDEX_DAMAGED */
  list(): Awaitable<AccessKey[]>;
  /** From then on no request is answered with it. False where there was no such key. */
  revoke(id: string): Awaitable<boolean>;
  /** Which keys there are. */
  ids(): Awaitable<string[]>;
  /** Null where there is none. @throws AkinError INDEX_DAMAGED */
  find(id: string): Awaitable<StoredKey | null>;
}

/**
 * A key to be kept, and its text, which is not.
 * @throws AkinError INVALID_REQUEST for a wrong filter, or one where documents may be written
 */
export function makeKey({ scope, name, filter = null }: NewKey): { stored: StoredKey; text: string } {
  if (filter !== null) {
    parseFilter(filter);
    if (scope !== 'read') {
      throw new AkinError(
        'INVALID_REQUEST',
        `A filter goes with scope read only: who may ${scope === 'write' ? 'write' : 'administer'} reaches documents outside it. Leave the filter out, or make a key with --scope read.`,
      );
    }
  }
  const made = newSecret();
  const createdAt = new Date().toISOString();
  const stored = { id: made.id, name: name ?? null, scope, filter, createdAt, hash: hashSecret(made.secret) };
  return { stored, text: writeSecret(made) };
}

export function withoutHash({ hash: _hash, ...key }: StoredKey): AccessKey {
  return key;
}

/** The oldest first. */
export function inOrder(keys: StoredKey[]): AccessKey[] {
  return keys.map(withoutHash).sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}
