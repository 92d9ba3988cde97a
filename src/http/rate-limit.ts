import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit as limiter } from 'express-rate-limit';
import { OWNER } from '../access/caller.js';
import type { Config } from '../config.js';
import { AkinError } from '../errors.js';
import { knownCallerOf } from './authenticate.js';
import { isLoopback } from './loopback.js';

const MINUTE_MS = 60_000;
/** For a server that others reach. */
const DEFAULT_LIMIT = 600;

/**
 * Lets each key, and each address that sends none or a wrong one, make so many requests a minute; nothing where any
 * number may come. Who runs the server is not counted.
 */
export function rateLimit({ host, rateLimit }: Pick<Config, 'host' | 'rateLimit'>): RequestHandler[] {
  const limit = rateLimit ?? (isLoopback(host) ? 0 : DEFAULT_LIMIT);
  if (limit === 0) return [];
  const counting = limiter({
    windowMs: MINUTE_MS,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Behind a proxy all without a key share its address; whom a header names could be made up.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    skip: (_request, response) => knownCallerOf(response) === OWNER,
    keyGenerator: ({ ip = '' }, response) => knownCallerOf(response)?.id ?? ipKeyGenerator(ip),
    handler: (_request, _response, next) => {
      next(
        new AkinError(
          'RATE_LIMITED',
          `These were more than ${limit} requests a minute. Wait as long as Retry-After says; whoever runs the server can raise AKIN_RATE_LIMIT.`,
        ),
      );
    },
  });
  return [counting];
}
