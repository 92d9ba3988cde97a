import { type Response, Router } from 'express';
import { z } from 'zod';
import { isFinished } from '../akin.js';
import { AkinError } from '../errors.js';
import { parseRequest } from '../search/request.js';
import { audit } from './audit.js';
import { callerOf, isOwner, readingOf } from './authenticate.js';
import type { GetEngine } from './server.js';

/** Files and folders of this machine to bring in; null for those of which something could not be taken. */
export const syncRequest = z.strictObject({
  paths: z.array(z.string().min(1)).min(1).nullable(),
  idPrefix: z.string().default(''),
  prune: z.boolean().default(false),
  settleMs: z.number().min(0).default(0),
  followLinks: z.boolean().exactOptional(),
  ocr: z.boolean().exactOptional(),
  columns: z.record(z.string(), z.string()).default({}),
});

/** The model to embed an index anew with. */
export const reembedRequest = z.strictObject({
  model: z.string().min(1),
  dtype: z.enum(['int8', 'float32']),
  pooling: z.enum(['mean', 'cls']).default('mean'),
  queryPrefix: z.string().default(''),
  passagePrefix: z.string().default(''),
});

/** Jobs, and what the index holds. */
export function jobRoutes(engine: GetEngine): Router {
  const router = Router();

  router.get('/stats', async (_request, response) => {
    response.json(await engine().stats(readingOf(response)));
  });

  router.get('/jobs', async (_request, response) => {
    response.json({ jobs: await engine().jobs.list() });
  });

  /** Files of this machine are brought in for the user who runs the server, and for nobody else. */
  router.post('/jobs', async (request, response) => {
    requireOwner(response);
    const { paths, ...options } = parseRequest(syncRequest, request.body);
    const job = await engine().startIngest(paths, options);
    audit(response, 'job queued', paths?.length ?? 0);
    response.status(202).json({ job });
  });

  /** A model may be a folder of this machine. */
  router.post('/reembed', async (request, response) => {
    requireOwner(response);
    const choice = parseRequest(reembedRequest, request.body);
    const job = await engine().jobs.addUpkeep('reembed', choice);
    audit(response, 'job queued', 1);
    response.status(202).json({ job });
  });

  router.get('/jobs/:id', async (request, response) => {
    response.json({ job: await engine().jobs.get(request.params.id) });
  });

  router.delete('/jobs/:id', async (request, response) => {
    const job = await engine().jobs.cancel(request.params.id);
    audit(response, 'job cancelled', 1);
    response.json({ job });
  });

  /** Server-sent events: the job each time that it has changed, until it has ended. */
  router.get('/jobs/:id/events', async (request, response) => {
    const { jobs } = engine();
    let job = await jobs.get(request.params.id);
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache',
      // nginx would gather events before it sends them on.
      'X-Accel-Buffering': 'no',
    });
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

/** @throws AkinError UNAUTHORIZED or FORBIDDEN for all but the commands of the user who runs the server */
function requireOwner(response: Response): void {
  if (isOwner(response)) return;
  throw new AkinError(
    callerOf(response).id === null ? 'UNAUTHORIZED' : 'FORBIDDEN',
    'Only the user who runs the server may name files of its machine, through akin ingest and akin reembed. Send files to POST /v1/files.',
  );
}
