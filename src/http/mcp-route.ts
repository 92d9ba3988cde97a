import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { type Response, Router } from 'express';
import { AkinError } from '../errors.js';
import { mcpServer } from '../mcp/mcp-server.js';
import type { ReadableIndex } from '../mcp/readable-index.js';
import type { ReadOptions } from '../search/read-options.js';
import { readingOf } from './authenticate.js';
import type { Log } from './log.js';
import type { SearchGate } from './search-gate.js';
import type { GetEngine } from './server.js';

/**
 * The Model Context Protocol over HTTP, without sessions: each request is answered by itself, as JSON, with what its
 * sender sees.
 */
export function mcpRoute(engine: GetEngine, gate: SearchGate, log: Log): Router {
  const router = Router();

  router.post('/mcp', async (request, response) => {
    const server = mcpServer(readAs(engine, gate, response), {
      onFailure: (error) =>
        log.error(
          {
            requestId: response.locals.requestId,
            error: error instanceof Error ? error.stack : String(error),
          },
          'request failed',
        ),
    });
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.once('close', () => void server.close());
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });

  router.all('/mcp', (request, response) => {
    response.set('Allow', 'POST');
    throw new AkinError(
      'METHOD_NOT_ALLOWED',
      `There is no ${request.method} /mcp: it keeps no sessions and sends nothing by itself. Send JSON-RPC by POST.`,
    );
  });

  return router;
}

/** The index as the sender of a request sees it, in its turn. */
function readAs(engine: GetEngine, gate: SearchGate, response: Response): ReadableIndex {
  const inTurn = <Answer>(find: (reading: ReadOptions) => Promise<Answer>): Promise<Answer> =>
    gate.run(response, (signal) => find({ ...readingOf(response), signal }));
  return {
    search: (input) => inTurn((reading) => engine().search(input, reading)),
    related: (id, input) => inTurn((reading) => engine().related(id, input, reading)),
    relatedToText: (source, input) => inTurn((reading) => engine().relatedToText(source, input, reading)),
    passagesOf: (id) => inTurn((reading) => engine().passagesOf(id, reading)),
    listDocuments: (input) => inTurn((reading) => engine().listDocuments(input, reading)),
    facets: (input) => inTurn((reading) => engine().facets(input, reading)),
  };
}
