import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { RequestHandler, Response } from 'express';
import { AkinError } from '../errors.js';
import { mcpServer } from '../mcp/mcp-server.js';
import type { ReadableIndex } from '../mcp/readable-index.js';
import type { ReadOptions } from '../search/read-options.js';
import { readingOf } from './authenticate.js';
import type { Log } from './log.js';
import type { SearchGate } from './search-gate.js';
import type { GetEngine } from './server.js';

/**
 * Answers the Model Context Protocol over HTTP, without sessions: each request by itself, as JSON, with what its sender
 * sees.
 */
export function answerMcp(engine: GetEngine, gate: SearchGate, log: Log): RequestHandler {
  return async (request, response) => {
    const { requestId } = response.locals;
    const server = mcpServer(readAs(engine, gate, response), {
      onFailure: (error) => {
        const words = error instanceof Error ? error.stack : String(error);
        log.error({ requestId, error: words }, 'request failed');
      },
    });
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.once('close', () => void server.close());
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  };
}

/** Without sessions there is nothing that a client could listen to or end. */
export const refuseMcp: RequestHandler = (request, response) => {
  response.set('Allow', 'POST');
  throw new AkinError(
    'METHOD_NOT_ALLOWED',
    `There is no ${request.method} /mcp: it keeps no sessions and sends nothing by itself. Send JSON-RPC by POST.`,
  );
};

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
