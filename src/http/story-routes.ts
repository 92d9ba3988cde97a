import { Router } from 'express';
import { readingOf } from './authenticate.js';
import { flatQuery } from './flat-query.js';
import type { GetEngine } from './server.js';

/** Stories: documents about one event. */
export function storyRoutes(engine: GetEngine): Router {
  const router = Router();

  router.get('/stories', async (request, response) => {
    const input = flatQuery(request.query, { numbers: ['limit'] });
    response.json(await engine().listStories(input, readingOf(response)));
  });

  router.get('/documents/:id/story', async (request, response) => {
    response.json({ story: await engine().storyOf(request.params.id, readingOf(response)) });
  });

  return router;
}
