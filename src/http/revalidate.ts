import { createHash, randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { callerOf } from './authenticate.js';
import type { Operation } from './openapi/operation.js';
import type { GetEngine } from './server.js';

/**
 * Gives answers a tag that holds until the index changes, and answers who has that tag with 304, before anything is looked
 * for. It is of the address and of what its sender sees, and of this process: its count of changes begins anew with each.
 */
export function revalidate(
  engine: GetEngine,
  operations: Pick<Operation, 'path' | 'revalidates'>[],
): RequestHandler {
  const stable = operations
    .filter(({ revalidates }) => revalidates)
    .map(({ path }) => ({ route: path, address: addressOf(path) }));
  const process = randomUUID();
  return (request, response, next) => {
    const path = request.baseUrl + request.path;
    const found = stable.find(({ address }) => address.test(path));
    if (!['GET', 'HEAD'].includes(request.method) || !found) {
      next();
      return;
    }
    const state = [process, engine().revision, callerOf(response).visible, request.originalUrl];
    const tag = createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 22);
    response.set({ ETag: `W/"${tag}"`, 'Cache-Control': 'private, no-cache' }).vary('Authorization');
    // A star is any tag, but whether there is anything under the address is not known yet.
    if (request.fresh && request.get('If-None-Match') !== '*') {
      response.locals.route = found.route;
      response.status(304).end();
    } else next();
  };
}

function addressOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`, 'i');
}
