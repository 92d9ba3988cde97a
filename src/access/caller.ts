import type { Filter } from '../filter.js';
import type { Scope } from './scope.js';

/** Who sends a request, and what that allows. */
export interface Caller {
  /** The id of a key; `owner` for the commands of the user who runs the server; null where no key is needed. */
  id: string | null;
  scope: Scope;
  /** What documents it sees; null for all. */
  visible: Filter | null;
}

/** Whoever asks a server on loopback for which no key was made. */
export const ANYBODY: Caller = { id: null, scope: 'admin', visible: null };

/** Whoever asks a public server without a key. */
export const PUBLIC: Caller = { id: null, scope: 'read', visible: null };

/** The user who runs the server, by the key that only that user can read. */
export const OWNER: Caller = { id: 'owner', scope: 'admin', visible: null };
