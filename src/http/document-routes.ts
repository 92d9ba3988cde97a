import { Router } from 'express';
import { z } from 'zod';
import { AkinError } from '../errors.js';
import { parseRequest } from '../search/request.js';
import { audit } from './audit.js';
import { callerOf, isOwner, readingOf } from './authenticate.js';
import { flatQuery } from './flat-query.js';
import type { SearchGate } from './search-gate.js';
import type { GetEngine } from './server.js';

const pageNumber = z.coerce.number().pipe(z.int().min(1));

/** Which documents to remove. */
export const filterBody = z.strictObject({ filter: z.unknown() });

/** Documents, one by one and in bulk. */
export function documentRoutes(engine: GetEngine, gate: SearchGate): Router {
  const router = Router();

  router.post('/documents', async (request, response) => {
    const inputs: unknown[] = Array.isArray(request.body) ? request.body : [request.body ?? {}];
    const documents = await engine().addDocuments(inputs);
    audit(response, 'documents written', documents.length);
    response.status(201).json({ documents });
  });

  router.get('/documents', async (request, response) => {
    const input = flatQuery(request.query, { numbers: ['limit'], json: ['filter'] });
    response.json(await engine().listDocuments(input, readingOf(response)));
  });

  router.delete('/documents', async (request, response) => {
    const body = request.body === undefined ? flatQuery(request.query, { json: ['filter'] }) : request.body;
    const { filter } = parseRequest(filterBody, body);
    const removed = await engine().removeMatching(filter);
    audit(response, 'documents removed', removed);
    response.json({ removed });
  });

  router.get('/documents/:id', async (request, response) => {
    response.json(await engine().getDocument(request.params.id, readingOf(response)));
  });

  router.get('/documents/:id/passages', async (request, response) => {
    response.json({ passages: await engine().passagesOf(request.params.id, readingOf(response)) });
  });

  router.get('/documents/:id/pages/:page', async (request, response) => {
    const { page } = parseRequest(z.object({ page: pageNumber }), request.params);
    // It is painted before files that wait: as many requests as may search at once may paint.
    const paint = () => engine().pagePicture(request.params.id, page, readingOf(response));
    const picture = await gate.run(response, paint);
    response.set('Cache-Control', 'private, max-age=600').type('png').send(Buffer.from(picture));
  });

  /** Where files of this machine lie is for the user who runs the server. */
  router.get('/documents/:id/location', async (request, response) => {
    if (!isOwner(response)) {
      throw new AkinError(
        callerOf(response).id === null ? 'UNAUTHORIZED' : 'FORBIDDEN',
        'Only the user who runs the server is told where its files lie, by akin search --open.',
      );
    }
    response.json({ location: await engine().locationOf(request.params.id) });
  });

  router.put('/documents/:id', async (request, response) => {
    const { id } = request.params;
    const body: unknown = request.body;
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new AkinError('INVALID_REQUEST', 'The body must be one document.');
    }
    if ('id' in body && body.id !== id) {
      throw new AkinError(
        'INVALID_REQUEST',
        `The body names the document ${String(body.id)}, the address ${id}.`,
      );
    }
    const [written] = await engine().addDocuments([{ ...body, id }]);
    audit(response, 'documents written', 1);
    response.status(written?.status === 'created' ? 201 : 200).json(written);
  });

  router.delete('/documents/:id', async (request, response) => {
    const { id } = request.params;
    const removed = await engine().removeDocuments([id]);
    if (removed.length === 0)
      throw new AkinError('DOCUMENT_NOT_FOUND', `There is no document "${id}" in the index.`);
    audit(response, 'documents removed', 1);
    response.status(204).end();
  });

  return router;
}
