import type { RequestHandler, Response } from 'express';
import type { KeyFolder } from '../access/key-folder.js';
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
export function auditKeys(keys: KeyFolder, log: Log): RequestHandler {
  let known = new Set(keys.ids());
  return (_request, _response, next) => {
    const present = new Set(keys.ids());
    for (const id of present) {
      if (known.has(id)) continue;
      const { scope, filter } = keys.find(id) ?? {};
      log.info({ deed: 'key made', id, scope, filtered: (filter ?? null) !== null }, 'audit');
    }
    for (const id of known) if (!present.has(id)) log.info({ deed: 'key revoked', id }, 'audit');
    known = present;
    next();
  };
}
