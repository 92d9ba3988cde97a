import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit as limiter, MemoryStore } from 'express-rate-limit';
import { OWNER } from '../access/caller.js';
import type { Config } from '../config.js';
import { AkinError } from '../errors.js';
import { knownCallerOf } from './authenticate.js';
import { isLocal } from './loopback.js';
import { MOST_QUERIES } from './search-routes.js';

const MINUTE_MS = 60_000;
/** For a server that others reach. */
const DEFAULT_LIMIT = 600;

/** What counts requests, unless any number may come. */
export interface RateLimit {
  /** Counts a request as one. */
  request: RequestHandler;
  /** Counts a batch, whose body has been read, as what it asks for beyond one. */
  batch: RequestHandler;
}

/**
 * Lets each key, and each address that sends none or a wrong one, ask for so much a minute. Who runs the server is not
 * counted.
 */
export function rateLimit(config: Pick<Config, 'host' | 'allowedHosts' | 'public' | 'rateLimit'>): RateLimit {
  const limit = config.rateLimit ?? (isLocal(config) ? 0 : DEFAULT_LIMIT);
  if (limit === 0) return { request: uncounted, batch: uncounted };
  const store = new MemoryStore();
  const request = limiter({
    windowMs: MINUTE_MS,
    limit,
    store,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // The application decides whose header is believed: see AKIN_TRUST_PROXY.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    skip: isUncounted,
    keyGenerator: keyOf,
    handler: (_request, _response, next) => {
      next(rateLimited(limit));
    },
  });
  const batch: RequestHandler = async (sent, response, next) => {
    const more = isUncounted(sent, response) ? 0 : Math.min(entriesOf(sent), MOST_QUERIES) - 1;
    for (let count = 0; count < more; count += 1) {
      const { totalHits, resetTime } = await store.increment(keyOf(sent, response));
      if (totalHits <= limit) continue;
      const wait = Math.ceil(((resetTime?.getTime() ?? 0) - Date.now()) / 1_000);
      response.set('Retry-After', String(Math.max(1, wait)));
      throw rateLimited(limit);
    }
    next();
  };
  return { request, batch };
}

const uncounted: RequestHandler = (_request, _response, next) => next();

function isUncounted(_request: Request, response: Response): boolean {
  return knownCallerOf(response) === OWNER;
}

function keyOf({ ip = '' }: Request, response: Response): string {
  return knownCallerOf(response)?.id ?? ipKeyGenerator(ip);
}

/** Of a batch of searches its queries; of one of the Model Context Protocol its messages. */
function entriesOf({ body }: Request): number {
  const entries: unknown = Array.isArray(body) ? body : body?.queries;
  return Array.isArray(entries) ? entries.length : 1;
}

function rateLimited(limit: number): AkinError {
  return new AkinError(
    'RATE_LIMITED',
    `These were more than ${limit} requests a minute, each query of a batch counted as one. Wait as long as Retry-After says; whoever runs the server can raise AKIN_RATE_LIMIT.`,
  );
}
