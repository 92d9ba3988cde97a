import { Command } from 'commander';
import type { DocumentSummary } from '../akin.js';
import { documentLines, documentText, statsText } from './documents-text.js';
import { ExitCode } from './exit-code.js';
import { addFilterOptions, type FilterOptions, filterPart } from './filter-options.js';
import { number } from './option-values.js';
import { type InSession, print } from './session.js';

/** `akin get`, `akin list`, `akin remove`, `akin stats` */
export function documentCommands(inSession: InSession): Command[] {
  const get = new Command('get')
    .description('print a document')
    .argument('<id>')
    .action((id: string, _options: object, command: Command) =>
      inSession(command, async ({ akin, format }) => {
        const document = await akin.getDocument(id);
        print(format, {
          whole: document,
          parts: [document],
          human: () => documentText(document),
        });
        return ExitCode.Done;
      }),
    );

  const list = new Command('list')
    .description('list the documents of the index')
    .option('--limit <n>', 'how many (default: all)', number)
    .action(
      (
        { limit = Number.POSITIVE_INFINITY, ...options }: FilterOptions & { limit?: number },
        command: Command,
      ) =>
        inSession(command, async ({ akin, format }) => {
          const documents: DocumentSummary[] = [];
          let cursor: string | null = null;
          do {
            const size = Math.min(1_000, limit - documents.length);
            const page = await akin.listDocuments({
              limit: size,
              ...(cursor ? { cursor } : {}),
              ...filterPart(options),
            });
            documents.push(...page.documents);
            cursor = page.nextCursor;
          } while (cursor !== null && documents.length < limit);
          print(format, {
            whole: { documents },
            parts: documents,
            human: () => documentLines(documents),
          });
          return ExitCode.Done;
        }),
    );

  const remove = new Command('remove')
    .description('remove documents from the index; files stay where they are')
    .argument('<id...>')
    .action((ids: string[], _options: object, command: Command) =>
      inSession(command, async ({ akin, format }) => {
        const removed = await akin.removeDocuments(ids);
        const missing = ids.filter((id) => !removed.includes(id));
        for (const id of missing)
          console.error(`akin: There is no document "${id}" in the index. [DOCUMENT_NOT_FOUND]`);
        print(format, {
          whole: { removed, missing },
          parts: removed,
          human: () => `${removed.length} removed`,
        });
        return missing.length === 0 ? ExitCode.Done : ExitCode.Failed;
      }),
    );

  const stats = new Command('stats')
    .description('say what the index holds')
    .action((_options: object, command: Command) =>
      inSession(command, async ({ akin, format }) => {
        const held = await akin.stats();
        print(format, { whole: held, parts: [held], human: () => statsText(held) });
        return ExitCode.Done;
      }),
    );

  return [get, addFilterOptions(list), remove, stats];
}
