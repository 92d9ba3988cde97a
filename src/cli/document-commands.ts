import { Command } from 'commander';
import type { DocumentSummary } from '../akin.js';
import { ExitCode } from './exit-code.js';
import { json, number } from './search-commands.js';
import { inSession, print } from './session.js';
import { factsText, harmless } from './text.js';

/** `akin get`, `akin list`, `akin remove`, `akin stats` */
export function documentCommands(): Command[] {
  const get = new Command('get')
    .description('print a document')
    .argument('<id>')
    .action((id: string, _options: object, command: Command) =>
      inSession(command, async ({ akin, format }) => {
        const document = await akin.getDocument(id);
        print(format, {
          whole: document,
          parts: [document],
          human: () =>
            [document.title, factsText(document, document.id), '', document.text]
              .filter((l) => l !== null)
              .join('\n'),
        });
        return ExitCode.Done;
      }),
    );

  const list = new Command('list')
    .description('list the documents of the index')
    .option('--limit <n>', 'how many (default: all)', number)
    .option('--filter <json>', 'only documents whose fields fit', json)
    .action(
      (
        { limit = Number.POSITIVE_INFINITY, filter }: { limit?: number; filter?: unknown },
        command: Command,
      ) =>
        inSession(command, async ({ akin, format }) => {
          const documents: DocumentSummary[] = [];
          let cursor: string | null = null;
          do {
            const size = Math.min(1_000, limit - documents.length);
            const page = await akin.listDocuments({ limit: size, ...(cursor ? { cursor } : {}), filter });
            documents.push(...page.documents);
            cursor = page.nextCursor;
          } while (cursor !== null && documents.length < limit);
          print(format, {
            whole: { documents },
            parts: documents,
            human: () =>
              documents.map(({ id, title }) => `${harmless(id)}\t${harmless(title ?? '')}`).join('\n'),
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
        const { documents, passages, vectors, bytes, model } = await akin.stats();
        print(format, {
          whole: { documents, passages, vectors, bytes, model },
          parts: [{ documents, passages, vectors, bytes, model }],
          human: () =>
            [
              `documents  ${documents}`,
              `passages   ${passages}`,
              `vectors    ${vectors}`,
              `database   ${(bytes / 1e6).toFixed(1)} MB`,
              `model      ${model.name} (${model.dtype}, ${model.dimensions} dimensions, ${model.window} tokens)`,
            ].join('\n'),
        });
        return ExitCode.Done;
      }),
    );

  return [get, list, remove, stats];
}
