import type { Request, RequestHandler } from 'express';
import { AkinError } from '../errors.js';

/**
 * Refuses a body that is not JSON, which the parser of JSON leaves alone: what is missing then would be named instead.
 * @throws AkinError UNSUPPORTED_TYPE
 */
export const requireJson: RequestHandler = (request, _response, next) => {
  if (request.is('application/json') === false && hasLength(request)) {
    throw new AkinError(
      'UNSUPPORTED_TYPE',
      `The body must be JSON, with the header Content-Type: application/json, not ${request.get('Content-Type') ?? 'none'}.`,
    );
  }
  next();
};

/** Some clients name a type for a body of no bytes. */
function hasLength({ headers }: Request): boolean {
  return headers['content-length'] !== '0';
}
