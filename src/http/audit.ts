import type { RequestHandler, Response } from 'express';
import type { AccessKeys } from '../access/access-keys.js';
import { callerOf } from './authenticate.js';
import type { Log } from './log.js';

/** What was done to an index. */
export type Deed = 'documents written' | 'documents removed' | 'job queued' | 'job cancelled';

/** Lets `audit` write down what the requests that follow do. */
export function audited(log: Log): RequestHandler {
  return (_request, response, next) => {
    response.locals.audit = (deed: Deed, count: number): void =>
      log.info({ requestId: response.locals.requestId, key: callerOf(response).id, deed, count }, 'audit');
    next();
  };
}

/** Writes down who did what to how many documents, files or jobs, never to which. */
export function audit(response: Response, deed: Deed, count: number): void {
  response.locals.audit(deed, count);
}

/** Writes down which keys were made and revoked since the last request. */
export function auditKeys(keys: AccessKeys, log: Log): RequestHandler {
  const look = async (known: Set<string>): Promise<Set<string>> => {
    const present = new Set(await keys.ids());
    for (const id of present) {
      if (known.has(id)) continue;
      const { scope, filter } = (await keys.find(id)) ?? {};
      log.info({ deed: 'key made', id, scope, filtered: (filter ?? null) !== null }, 'audit');
    }
    for (const id of known) if (!present.has(id)) log.info({ deed: 'key revoked', id }, 'audit');
    return present;
  };
  let known: Promise<Set<string> | null> = Promise.resolve(keys.ids()).then(
    (ids) => new Set(ids),
    // The first request meets the failure.
    () => null,
  );
  return async (_request, _response, next) => {
    // One after the other, so that each change is written down once.
    const before = known;
    const present = before.then(async (ids) => look(ids ?? new Set(await keys.ids())));
    known = present.catch(() => before);
    await present;
    next();
  };
}
