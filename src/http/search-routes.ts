import { Router } from 'express';
import { z } from 'zod';
import { parseRequest, type SearchInput } from '../search/request.js';
import { readingOf } from './authenticate.js';
import { flatQuery } from './flat-query.js';
import type { GetEngine } from './server.js';

const MOST_QUERIES = 100;

const batch = z.strictObject({ queries: z.array(z.unknown()).max(MOST_QUERIES) });

const relatedSource = z.looseObject({
  title: z.string().nullish(),
  publishedAt: z.string().nullish(),
  text: z.string().refine((text) => text.trim() !== '', 'is empty'),
});

/** Search and related. */
export function searchRoutes(engine: GetEngine): Router {
  const router = Router();

  router.post('/search', async (request, response) => {
    response.json(await engine().search(request.body ?? {}, readingOf(response)));
  });

  router.get('/search', async (request, response) => {
    const { q, ...rest } = flatQuery(request.query, {
      numbers: ['limit', 'offset', 'minScore', 'passagesPerDocument'],
      booleans: ['explain', 'prefix', 'rerank'],
      lists: ['facets'],
      json: ['filter'],
    });
    response.json(
      await engine().search(
        { ...(q === undefined ? {} : { query: q }), ...rest } as SearchInput,
        readingOf(response),
      ),
    );
  });

  router.post('/search/batch', async (request, response) => {
    const { queries } = parseRequest(batch, request.body);
    const results = [];
    const reading = readingOf(response);
    for (const query of queries) results.push(await engine().search(query as SearchInput, reading));
    response.json({ results });
  });

  router.get('/documents/:id/related', async (request, response) => {
    const input = flatQuery(request.query, {
      numbers: ['limit', 'diversity', 'recency'],
      json: ['filter'],
    });
    response.json(await engine().related(request.params.id, input, readingOf(response)));
  });

  router.post('/related', async (request, response) => {
    const { title, publishedAt, text, ...input } = parseRequest(relatedSource, request.body);
    const source = { ...(title ? { title } : {}), ...(publishedAt ? { publishedAt } : {}), text };
    response.json(await engine().relatedToText(source, input, readingOf(response)));
  });

  return router;
}
