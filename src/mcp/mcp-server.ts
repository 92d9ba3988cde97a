import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { z } from 'zod';
import { VERSION } from '../version.js';
import { listSourcesTool } from './list-sources-tool.js';
import { readDocumentTool } from './read-document-tool.js';
import type { ReadableIndex } from './readable-index.js';
import { relatedTool } from './related-tool.js';
import { searchTool } from './search-tool.js';
import { answered, type OnFailure, type Tool } from './tool.js';

const INSTRUCTIONS = `Akin searches a collection of documents on the user's own machine, by meaning and by words. search finds what answers a question, read_document gives the text around it, related finds what else is about the same, list_sources tells what there is. Answer from what was found, and cite title, date and url, or the document's id, with the page where there is one. Where nothing is found, say so.`;

/** A tool only asks, of this index alone, and asking twice gives the same. */
const READS = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };

/** The tools by which an agent reads an index, for any transport of the Model Context Protocol. */
export function mcpServer(index: ReadableIndex, { onFailure }: { onFailure: OnFailure }): McpServer {
  const server = new McpServer(
    { name: 'akin', title: 'Akin', version: VERSION },
    { instructions: INSTRUCTIONS },
  );
  const add = <Input extends z.ZodObject>({ name, config, answer }: Tool<Input>): void => {
    const call = (input: z.output<Input>): Promise<CallToolResult> =>
      answered(() => answer(index, input), onFailure);
    server.registerTool<z.ZodObject, z.ZodObject>(name, { ...config, annotations: READS }, (input) =>
      call(input as z.output<Input>),
    );
  };
  add(searchTool);
  add(relatedTool);
  add(readDocumentTool);
  add(listSourcesTool);
  return server;
}
