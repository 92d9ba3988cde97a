import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { audit } from './audit.js';
import type { GetEngine } from './server.js';

/** What keeps an index safe and small. */
export function maintenanceRoutes(engine: GetEngine): Router {
  const router = Router();

  /** Answers with the backup itself, so that a client names no path of the server's machine. */
  router.post('/backups', async (_request, response) => {
    const backup = await engine().temporaryBackup();
    try {
      response.attachment(`akin-${new Date().toISOString().slice(0, 10)}.backup`);
      response.set({ 'Content-Type': 'application/octet-stream', 'Content-Length': String(backup.bytes) });
      await pipeline(createReadStream(backup.path), response);
    } catch (error) {
      // A client that goes away has its answer cut short, which the backup's own end tells it.
      if (!response.destroyed) throw error;
    } finally {
      await backup.remove();
    }
  });

  router.post('/rebuild', async (_request, response) => {
    const job = await engine().jobs.addUpkeep('rebuild');
    audit(response, 'job queued', 1);
    response.status(202).json({ job });
  });

  router.post('/compact', async (_request, response) => {
    const job = await engine().jobs.addUpkeep('compact');
    audit(response, 'job queued', 1);
    response.status(202).json({ job });
  });

  return router;
}
