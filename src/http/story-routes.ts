import { Router } from 'express';
import { flatQuery } from './flat-query.js';
import type { GetEngine } from './server.js';

/** Stories: documents about one event. */
export function storyRoutes(engine: GetEngine): Router {
  const router = Router();

  router.get('/stories', async (request, response) => {
    response.json(await engine().listStories(flatQuery(request.query, { numbers: ['limit'] })));
  });

  router.get('/documents/:id/story', async (request, response) => {
    response.json({ story: await engine().storyOf(request.params.id) });
  });

  return router;
}
