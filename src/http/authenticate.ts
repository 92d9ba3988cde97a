import type { RequestHandler, Response } from 'express';
import { type AdmitOptions, admit } from '../access/admit.js';
import { type Caller, OWNER } from '../access/caller.js';
import { allows } from '../access/scope.js';
import { AkinError } from '../errors.js';
import type { ReadOptions } from '../search/read-options.js';
import { scopeFor } from './route-scope.js';

/** What concerns the index as a whole, and so nobody who sees a part of it. */
const WHOLE_INDEX = /^\/(v1\/jobs(\/.*)?|metrics)\/?$/i;

/** Finds out who asks, and whether that allows what is asked. */
export function authenticate(options: AdmitOptions): RequestHandler {
  return (request, response, next) => {
    const [, text = null] = /^Bearer +(\S+) *$/i.exec(request.get('Authorization') ?? '') ?? [];
    const path = request.baseUrl + request.path;
    const caller = admit(text, options);
    response.locals.caller = caller;
    const needed = scopeFor(request.method, path);
    if (!allows(caller.scope, needed)) {
      throw new AkinError(
        'FORBIDDEN',
        `The key ${caller.id} has scope ${caller.scope}; this needs ${needed}. Whoever runs the server makes one with akin keys create --scope ${needed}.`,
      );
    }
    if (caller.visible !== null && WHOLE_INDEX.test(path)) {
      throw new AkinError(
        'FORBIDDEN',
        `The key ${caller.id} sees only a part of the documents; this tells of all. Use a key without a filter.`,
      );
    }
    next();
  };
}

/** Who sent the request that is being answered. */
export function callerOf(response: Response): Caller {
  return response.locals.caller as Caller;
}

/** Whether it is the user who runs the server. */
export function isOwner(response: Response): boolean {
  return callerOf(response) === OWNER;
}

/** How the caller may read. */
export function readingOf(response: Response): ReadOptions {
  const { visible } = callerOf(response);
  return visible ? { visible } : {};
}
