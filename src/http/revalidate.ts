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
  const addresses = operations.flatMap(({ path, revalidates }) => (revalidates ? addressOf(path) : []));
  const process = randomUUID();
  return (request, response, next) => {
    const path = request.baseUrl + request.path;
    if (!['GET', 'HEAD'].includes(request.method) || !addresses.some((address) => address.test(path))) {
      next();
      return;
    }
    const state = [process, engine().revision, callerOf(response).visible, request.originalUrl];
    const tag = createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 22);
    response.set({ ETag: `W/"${tag}"`, 'Cache-Control': 'private, no-cache' }).vary('Authorization');
    if (request.fresh) response.status(304).end();
    else next();
  };
}

function addressOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`, 'i');
}
