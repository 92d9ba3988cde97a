import { type Response, Router } from 'express';
import { z } from 'zod';
import { errorCode, errorMessage } from '../errors.js';
import type { RefusedEntry, SearchAnswer } from '../search/answer.js';
import type { ReadOptions } from '../search/read-options.js';
import { parseRequest, type SearchInput } from '../search/request.js';
import { budgetOf, readingOf } from './authenticate.js';
import { flatQuery } from './flat-query.js';
import { statusOf } from './problem.js';
import type { SearchGate } from './search-gate.js';
import type { GetEngine } from './server.js';

export const MOST_QUERIES = 100;

/** Searches to answer together; each is checked when its turn comes. */
export const batchRequest = z.strictObject({ queries: z.array(z.unknown()).max(MOST_QUERIES) });

/** A text that need not be in the index; what else stands with it is how to search. */
export const relatedSource = z.looseObject({
  title: z.string().nullish(),
  publishedAt: z.string().nullish(),
  text: z.string().refine((text) => text.trim() !== '', 'is empty'),
});

/** @throws what the search failed with otherwise */
function refusedEntry(error: unknown): RefusedEntry {
  const code = errorCode(error);
  if (code !== 'ANSWER_TOO_LARGE') throw error;
  return { status: statusOf(code), code, detail: errorMessage(error) };
}

/** Search and related. */
export function searchRoutes(engine: GetEngine, gate: SearchGate): Router {
  const router = Router();
  /** Searches when it is its turn, in what the request's sender sees. */
  const inTurn = <Answer>(
    response: Response,
    find: (reading: ReadOptions) => Promise<Answer>,
  ): Promise<Answer> => gate.run(response, (signal) => find({ ...readingOf(response), signal }));
  const answer = async (
    response: Response,
    find: (reading: ReadOptions) => Promise<unknown>,
  ): Promise<void> => {
    response.json(await inTurn(response, find));
  };

  router.post('/search', async (request, response) => {
    await answer(response, (reading) => engine().search(request.body ?? {}, reading));
  });

  router.get('/search', async (request, response) => {
    const { q, ...rest } = flatQuery(request.query, {
      numbers: ['limit', 'offset', 'minScore', 'passagesPerDocument'],
      booleans: ['explain', 'prefix', 'rerank'],
      lists: ['facets'],
      json: ['filter'],
    });
    const input = { ...(q === undefined ? {} : { query: q }), ...rest } as SearchInput;
    await answer(response, (reading) => engine().search(input, reading));
  });

  router.post('/search/batch', async (request, response) => {
    const { queries } = parseRequest(batchRequest, request.body);
    const results: (SearchAnswer | RefusedEntry)[] = [];
    // Each waits for its turn: others' searches pass between them.
    for (const query of queries) {
      const search = (reading: ReadOptions) => engine().search(query as SearchInput, reading);
      const entry = budgetOf(response).attempt(() => inTurn(response, search));
      results.push(await entry.catch(refusedEntry));
    }
    response.json({ results });
  });

  router.get('/facets', async (request, response) => {
    const input = flatQuery(request.query, { numbers: ['limit'], json: ['filter'] });
    await answer(response, (reading) => engine().facets(input, reading));
  });

  router.get('/documents/:id/related', async (request, response) => {
    const input = flatQuery(request.query, {
      numbers: ['limit', 'diversity', 'recency'],
      json: ['filter'],
    });
    await answer(response, (reading) => engine().related(request.params.id, input, reading));
  });

  router.post('/related', async (request, response) => {
    const { title, publishedAt, text, ...input } = parseRequest(relatedSource, request.body);
    const source = { ...(title ? { title } : {}), ...(publishedAt ? { publishedAt } : {}), text };
    await answer(response, (reading) => engine().relatedToText(source, input, reading));
  });

  return router;
}
