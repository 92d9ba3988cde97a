import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { openApiDocument } from './openapi-document.js';

/** Answers with the OpenAPI document, which stays the same as long as the process lives. */
export function openApiRoute(): RequestHandler {
  let made: { body: string; tag: string } | null = null;
  return (_request, response) => {
    made ??= make();
    response.set({ ETag: made.tag, 'Cache-Control': 'no-cache' }).type('json').send(made.body);
  };
}

function make(): { body: string; tag: string } {
  const body = JSON.stringify(openApiDocument());
  return { body, tag: `W/"${createHash('sha256').update(body).digest('base64url')}"` };
}
