import compression from 'compression';
import type { RequestHandler } from 'express';

/** Are sent as they are: events one by one as they come, and backups as they lie on the disk. */
const LEFT_ALONE = ['text/event-stream', 'application/octet-stream'];

/**
 * Compresses text for clients that take it. A compressor would hold events back, and keep a processor busy with a backup, of
 * which it would also hide the length.
 */
export function compress(): RequestHandler {
  return compression({
    filter: (request, response) =>
      !LEFT_ALONE.includes(String(response.getHeader('Content-Type'))) &&
      compression.filter(request, response),
  });
}
