import type { RequestHandler, Response } from 'express';
import { type AdmitOptions, admit } from '../access/admit.js';
import { type Caller, OWNER, PUBLIC } from '../access/caller.js';
import { allows } from '../access/scope.js';
import { AkinError, errorCode } from '../errors.js';
import type { AnswerBudget } from '../search/answer-budget.js';
import type { ReadOptions } from '../search/read-options.js';
import { scopeFor } from './route-scope.js';

/** What concerns the index as a whole, and so nobody who sees a part of it. */
const WHOLE_INDEX = /^\/(v1\/jobs(\/.*)?|metrics)\/?$/i;

/** Finds out who asks. Whom the server does not know is refused by `authorize`, after it was counted. */
export function identify(options: AdmitOptions): RequestHandler {
  return async (request, response, next) => {
    const [, text = null] = /^Bearer +(\S+) *$/i.exec(request.get('Authorization') ?? '') ?? [];
    try {
      response.locals.caller = await admit(text, options);
    } catch (error) {
      if (errorCode(error) !== 'UNAUTHORIZED') throw error;
      response.locals.refusal = error;
    }
    next();
  };
}

/**
 * Lets through what the caller's key allows.
 * @throws AkinError UNAUTHORIZED or FORBIDDEN
 */
export const authorize: RequestHandler = (request, response, next) => {
  if (response.locals.refusal) throw response.locals.refusal;
  const { id, scope, visible } = callerOf(response);
  const path = request.baseUrl + request.path;
  const needed = scopeFor(request.method, path);
  const isPublic = callerOf(response) === PUBLIC;
  if (isPublic && (!allows(scope, needed) || WHOLE_INDEX.test(path))) {
    throw new AkinError(
      'UNAUTHORIZED',
      'Without a key this server only searches and reads; this needs one, as "Authorization: Bearer KEY". Whoever runs it makes one with akin keys create.',
    );
  }
  if (!allows(scope, needed)) {
    throw new AkinError(
      'FORBIDDEN',
      `The key ${id} has scope ${scope}; this needs ${needed}. Whoever runs the server makes one with akin keys create --scope ${needed}.`,
    );
  }
  if (visible !== null && WHOLE_INDEX.test(path)) {
    throw new AkinError(
      'FORBIDDEN',
      `The key ${id} sees only a part of the documents; this tells of all. Use a key without a filter.`,
    );
  }
  next();
};

/** Who sent a request that was let through. */
export function callerOf(response: Response): Caller {
  const caller = knownCallerOf(response);
  if (!caller) throw new Error('A request that nobody was asked to authorize has reached a route.');
  return caller;
}

/** Who sent a request, or null where that is not known. */
export function knownCallerOf(response: Response): Caller | null {
  return (response.locals.caller as Caller | undefined) ?? null;
}

/** Whether it is the user who runs the server. */
export function isOwner(response: Response): boolean {
  return callerOf(response) === OWNER;
}

/** How the caller may read. */
export function readingOf(response: Response): ReadOptions {
  const { visible } = callerOf(response);
  const budget = budgetOf(response);
  return visible ? { visible, budget } : { budget };
}

/** What the answer may still have. */
export function budgetOf(response: Response): AnswerBudget {
  return response.locals.budget as AnswerBudget;
}
