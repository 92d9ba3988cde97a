import { Command } from 'commander';
import type { Story } from '../stories/story.js';
import type { StoriesInput } from '../stories/story-page.js';
import { ExitCode } from './exit-code.js';
import { number } from './option-values.js';
import { type InSession, print } from './session.js';
import { styled, wrap } from './terminal.js';
import { harmless } from './text.js';

/** `akin stories` */
export function storiesCommand(inSession: InSession): Command {
  return new Command('stories')
    .description('list the events that several documents tell of, the newest first')
    .option('--limit <n>', 'how many (default: 20)', number)
    .option('--cursor <cursor>', 'go on behind a list, from its nextCursor')
    .option('--from <date>', 'only those that went on then or later')
    .option('--to <date>', 'only those that had begun by then')
    .action((options: StoriesInput, command: Command) =>
      inSession(command, async ({ akin, format }) => {
        const page = await akin.listStories(options);
        print(format, {
          whole: page,
          parts: page.stories,
          human: () => page.stories.map(storyText).join('\n\n'),
        });
        if (page.stories.length > 0) return ExitCode.Done;
        console.error('Nothing found.');
        return ExitCode.NothingFound;
      }),
    );
}

function storyText({ id, title, firstAt, lastAt, documents }: Story): string {
  const days = [...new Set([firstAt, lastAt].map((date) => date?.slice(0, 10)))].filter(Boolean).join(' to ');
  const facts = [`${documents.length} documents`, days].filter(Boolean).join(' · ');
  const lines = documents.map((document) =>
    [document.publishedAt?.slice(0, 10), document.title, `(${document.id})`].filter(Boolean).join(' '),
  );
  return [
    styled(harmless(title ?? id), 'bold'),
    `    ${styled(facts, 'dim')}`,
    ...lines.flatMap((line) => wrap(harmless(line))).map((line) => `    ${line}`),
  ].join('\n');
}
