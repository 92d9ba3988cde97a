import type { RequestHandler } from 'express';

/**
 * Ends the connection of a client that pauses for longer within a request's body. A body may take any time in all: an
 * import is as long as it is.
 */
export function limitPauses(pauseMs: number): RequestHandler {
  return (request, _response, next) => {
    const { 'transfer-encoding': encoding, 'content-length': length } = request.headers;
    if (encoding !== undefined || Number(length) > 0) {
      // Node ends a connection that is idle for so long.
      request.socket.setTimeout(pauseMs);
      request.once('end', () => request.socket.setTimeout(0));
    }
    next();
  };
}
