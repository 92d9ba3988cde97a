import { once } from 'node:events';
import { Command } from 'commander';
import type { ReadableIndex } from '../mcp/readable-index.js';
import { OnDemandAkin } from '../on-demand-akin.js';
import { checkIndex, openAkin } from '../open.js';
import { ExitCode } from './exit-code.js';
import { interruption } from './interruption.js';
import { configOf } from './session.js';

/** So long an agent may think before other commands get the index. */
const IDLE_MS = 20_000;

/** `akin mcp` */
export function mcpCommand(): Command {
  return new Command('mcp')
    .description('let an agent read the index: the Model Context Protocol over standard input and output')
    .action(async (_options: object, command: Command) => {
      const config = configOf(command);
      // The protocol's library takes a while to load; other commands do without.
      const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
      const { mcpServer } = await import('../mcp/mcp-server.js');
      const akin = new OnDemandAkin({
        open: () => {
          checkIndex(config);
          return openAkin({ config });
        },
        idleMs: IDLE_MS,
      });
      const server = mcpServer(readable(akin), {
        onFailure: (error) => console.error('akin: this should not have happened;', error),
      });
      await server.connect(new StdioServerTransport());
      await Promise.race([once(process.stdin, 'end'), once(interruption(), 'abort')]);
      await server.close();
      await akin.close();
      process.exitCode = ExitCode.Done;
    });
}

function readable(akin: OnDemandAkin): ReadableIndex {
  return {
    search: (input) => akin.use((opened) => opened.search(input)),
    related: (id, input) => akin.use((opened) => opened.related(id, input)),
    relatedToText: (source, input) => akin.use((opened) => opened.relatedToText(source, input)),
    passagesOf: (id) => akin.use((opened) => opened.passagesOf(id)),
    listDocuments: (input) => akin.use((opened) => opened.listDocuments(input)),
    facets: (input) => akin.use((opened) => opened.facets(input)),
  };
}
