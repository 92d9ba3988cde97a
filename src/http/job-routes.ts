import { Router } from 'express';
import { isFinished } from '../akin.js';
import type { GetEngine } from './server.js';

/** Jobs, and what the index holds. */
export function jobRoutes(engine: GetEngine): Router {
  const router = Router();

  router.get('/stats', async (_request, response) => {
    response.json(await engine().stats());
  });

  router.get('/jobs', (_request, response) => {
    response.json({ jobs: engine().jobs.list() });
  });

  router.get('/jobs/:id', (request, response) => {
    response.json({ job: engine().jobs.get(request.params.id) });
  });

  router.delete('/jobs/:id', (request, response) => {
    response.json({ job: engine().jobs.cancel(request.params.id) });
  });

  /** Server-sent events: the job each time that it has changed, until it has ended. */
  router.get('/jobs/:id/events', async (request, response) => {
    const { jobs } = engine();
    let job = jobs.get(request.params.id);
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
    let sent = '';
    for (;;) {
      const data = JSON.stringify({ job });
      if (data !== sent) response.write(`event: job\ndata: ${data}\n\n`);
      sent = data;
      if (isFinished(job) || response.closed) break;
      job = await jobs.change(job.id);
    }
    response.end();
  });

  return router;
}
