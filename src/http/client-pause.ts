import type { RequestHandler } from 'express';

/**
 * Ends the connection of a client that pauses for longer within a request's body, or in reading the answer. Either may take
 * any time in all: an import is as long as it is, and so is the time that an answer takes to be found.
 */
export function limitPauses(pauseMs: number): RequestHandler {
  return (request, response, next) => {
    // Node calls back when for so long nothing was received, and nothing left of what waits to be sent.
    response.setTimeout(pauseMs, () => {
      const { socket } = request;
      if (!request.complete || response.writableLength > 0) socket.destroy();
      else socket.setTimeout(pauseMs);
    });
    next();
  };
}
