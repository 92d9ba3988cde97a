import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { knownCallerOf } from './authenticate.js';
import type { Log } from './log.js';
import { routeName } from './route-name.js';

/** An id that another program gave, such as a proxy, and that can stand in a log and in a header. */
const SANE_ID = /^[\w.:-]{1,128}$/;

/**
 * Gives each request an id, its sender's own if that will do, which its answer names in a header and in a problem; and
 * writes a line when it has ended. The line has the route, not the address: addresses hold queries and ids.
 */
export function requestLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const { socket } = request;
    const sent = socket.bytesWritten;
    const given = request.get('X-Request-Id');
    const id = given !== undefined && SANE_ID.test(given) ? given : randomUUID();
    response.locals.requestId = id;
    response.set('X-Request-Id', id);
    response.once('close', () => {
      log.info(
        {
          requestId: id,
          method: request.method,
          route: routeName(request, response),
          // As proxies write it where the client was gone before the answer.
          status: response.writableFinished ? response.statusCode : 499,
          ms: Math.round(performance.now() - started),
          // With the head, and as it was compressed.
          bytes: socket.bytesWritten - sent,
          key: knownCallerOf(response)?.id ?? null,
        },
        'request',
      );
    });
    next();
  };
}
