import type { RequestHandler } from 'express';

/**
 * Ends the connection of a client that pauses for longer within a request's body. A body may take any time in all: an
 * import is as long as it is.
 */
export function limitPauses(pauseMs: number): RequestHandler {
  return (request, response, next) => {
    const { 'transfer-encoding': encoding, 'content-length': length } = request.headers;
    if (encoding !== undefined || Number(length) > 0) {
      // Node ends a connection that is idle for so long.
      request.socket.setTimeout(pauseMs);
      // Behind an answer that came before the body's end, Node waits for the next request as long as it does for any.
      request.once('end', () => response.writableEnded || request.socket.setTimeout(0));
    }
    next();
  };
}
