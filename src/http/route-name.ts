import type { Request, Response } from 'express';

/** The route that answers a request as it is written in the source: `/v1/documents/:id`, whichever document was asked for. */
export function routeName({ route, originalUrl }: Request, { statusCode, locals }: Response): string {
  // Of what was answered before its route was reached.
  if (typeof locals.route === 'string') return locals.route;
  const path: unknown = route?.path;
  if (typeof path === 'string') return /^\/v1(?=\/)/i.test(originalUrl) ? `/v1${path}` : path;
  return statusCode < 400 ? 'page' : 'none';
}
