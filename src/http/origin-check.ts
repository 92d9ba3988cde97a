import cors from 'cors';
import type { RequestHandler } from 'express';
import type { Config } from '../config.js';
import { AkinError } from '../errors.js';

/** Whether a page of this origin is one of the server's own, or of a site that may use it. */
export function isFriend(
  origin: string,
  host: string | undefined,
  { allowedHosts, corsOrigins }: Pick<Config, 'allowedHosts' | 'corsOrigins'>,
): boolean {
  if (corsOrigins.includes(origin)) return true;
  if (!/^https?:/.test(origin) || !URL.canParse(origin)) return false;
  const { host: from, protocol } = new URL(origin);
  if (allowedHosts.includes(from)) return true;
  const own = `${protocol}//${host}`;
  return host !== undefined && URL.canParse(own) && new URL(own).host === from;
}

/**
 * Refuses what a page of another site sends, whatever it is: browsers name the origin of every request that could change
 * something or whose answer a page could read. Programs name none.
 *
 * @throws AkinError ORIGIN_NOT_ALLOWED
 */
export function originCheck(config: Pick<Config, 'allowedHosts' | 'corsOrigins'>): RequestHandler {
  return (request, _response, next) => {
    const { origin, host } = request.headers;
    if (origin !== undefined && !isFriend(origin, host, config)) {
      throw new AkinError(
        'ORIGIN_NOT_ALLOWED',
        'Pages of other sites may not use this server. If this one may, set AKIN_CORS_ORIGINS to its origin.',
      );
    }
    next();
  };
}

/** Lets pages of these origins read the answers. They send a key themselves: nothing goes by cookies. */
export function crossOrigin({ corsOrigins }: Pick<Config, 'corsOrigins'>): RequestHandler {
  return cors({
    origin: [...corsOrigins],
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'If-None-Match',
      'X-Request-Id',
      'Mcp-Protocol-Version',
    ],
    exposedHeaders: ['ETag', 'X-Request-Id', 'Retry-After'],
    maxAge: 600,
  });
}
