import { Router } from 'express';
import { readingOf } from './authenticate.js';
import type { GetEngine } from './server.js';

/** In seconds. */
const ASK_AGAIN = '1';

/** The map: 202 while it is being drawn. */
export function mapRoutes(engine: GetEngine): Router {
  const router = Router();

  router.get('/map', async (_request, response) => {
    const answer = await engine().map(readingOf(response));
    if (answer.status === 'drawing') response.status(202).set('Retry-After', ASK_AGAIN);
    response.json(answer);
  });

  return router;
}
