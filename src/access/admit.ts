import { AkinError } from '../errors.js';
import { parseFilter } from '../filter.js';
import type { AccessKeys } from './access-keys.js';
import { ANYBODY, type Caller, OWNER, PUBLIC } from './caller.js';

import { fitsHash, readSecret } from './secret.js';

/** By what a caller is known. */
export interface AdmitOptions {
  keys: AccessKeys;
  /** Whether a text is the key of the user who runs the server. */
  isOwnerKey: (text: string) => boolean;
  /** Whether requests without a key are answered for as long as no key was made. */
  isOpenWithoutKeys: boolean;
  /** Whether anybody may search and read without a key. Default: false */
  isPublic?: boolean;
}

/**
 * Who it is that sends this key, or null for none.
 * @throws AkinError UNAUTHORIZED
 */
export async function admit(
  text: string | null,
  { keys, isOwnerKey, isOpenWithoutKeys, isPublic = false }: AdmitOptions,
): Promise<Caller> {
  const given = text === null ? null : readSecret(text);
  const key = given && (await keys.find(given.id));
  if (given && key && fitsHash(given.secret, key.hash)) {
    return { id: key.id, scope: key.scope, visible: key.filter === null ? null : parseFilter(key.filter) };
  }
  if (text !== null && given === null && isOwnerKey(text)) return OWNER;
  if (isOpenWithoutKeys && (await keys.ids()).length === 0) return ANYBODY;
  if (isPublic && text === null) return PUBLIC;
  throw new AkinError(
    'UNAUTHORIZED',
    text === null
      ? 'This server answers only with a key, as "Authorization: Bearer KEY". Whoever runs it makes one with akin keys create.'
      : 'The key is wrong or was revoked. Whoever runs the server makes a new one with akin keys create.',
  );
}
