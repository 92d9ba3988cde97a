import type { Command } from 'commander';

/** A command as it is typed, and what it is for. */
export interface Example {
  command: string;
  purpose: string;
}

/** What people type, by the command's name. Tests run them. */
export const EXAMPLES: Record<string, Example[]> = {
  ingest: [
    { command: 'akin ingest corpus', purpose: 'read a folder; again, what changed in it' },
    { command: 'akin ingest --prune corpus', purpose: 'and forget the documents of files that are gone' },
    { command: 'akin ingest --retry-failed', purpose: 'read again what could not be read' },
  ],
  jobs: [{ command: 'akin jobs', purpose: 'what was brought in, and what still is' }],
  search: [
    { command: 'akin search who pays for the tidal power plant', purpose: 'ask in plain words' },
    { command: 'akin search "tidal plant" --since 2025-01-01', purpose: 'of what was published since then' },
    { command: `akin search '"planning approval" -marina'`, purpose: 'word for word, and without a word' },
    { command: `akin search bees --jsonl | head -n 1`, purpose: 'a line of JSON for each hit' },
  ],
  related: [
    { command: 'akin related culture/corvina-wreck-found.txt', purpose: 'what else is about the same' },
    {
      command: 'akin related --file corpus/culture/corvina-wreck-found.txt',
      purpose: 'to a file of any folder',
    },
    { command: 'echo "Divers lift a sunken cargo." | akin related -', purpose: 'to a text' },
  ],
  stories: [{ command: 'akin stories --from 2025-01-01', purpose: 'events that several documents tell of' }],
  get: [{ command: 'akin get culture/corvina-wreck-found.txt', purpose: 'read a document' }],
  list: [
    { command: 'akin list --limit 20', purpose: 'the first that came' },
    {
      command: `akin list --filter '{"language":"en"}' --jsonl`,
      purpose: 'all in one language, for scripts',
    },
  ],
  remove: [{ command: 'akin remove note-1 note-2', purpose: 'take them out of the index' }],
  stats: [{ command: 'akin stats --json', purpose: 'what the index holds, for scripts' }],
  serve: [
    { command: 'akin serve', purpose: 'the page, the API and /mcp at http://127.0.0.1:3000' },
    { command: 'akin serve --corpus articles --watch', purpose: 'and follow a folder' },
  ],
  mcp: [
    {
      command: 'claude mcp add akin -- akin mcp --index /data/index',
      purpose: 'give Claude Code this index; docs/agents.md has other agents',
    },
  ],
  keys: [
    { command: 'akin keys create --scope read --name intranet', purpose: 'a key that only asks' },
    { command: 'akin keys list', purpose: 'those there are' },
  ],
  backup: [{ command: 'akin backup akin.backup', purpose: 'also while a server holds the index' }],
  restore: [{ command: 'akin restore akin.backup --index restored', purpose: 'make an index out of it' }],
  migrate: [
    {
      command: 'akin migrate --from restored --to moved',
      purpose: 'copy it; --to postgres://… into a database',
    },
  ],
  doctor: [
    { command: 'akin doctor', purpose: 'say what is wrong' },
    { command: 'akin doctor --repair', purpose: 'and mend it' },
  ],
  reembed: [{ command: 'akin reembed --model Xenova/bge-small-en-v1.5', purpose: 'change the model' }],
  eval: [{ command: 'akin eval data/scifact', purpose: 'nDCG@10, recall and MRR by mode' }],
  bench: [{ command: 'akin bench --questions 50', purpose: 'how long searches take here' }],
  config: [{ command: 'akin config', purpose: 'what holds, and where it came from' }],
  completion: [
    {
      command: 'akin completion bash > ~/.local/share/bash-completion/completions/akin',
      purpose: 'for bash, read when it is needed; without bash-completion, source it in ~/.bashrc',
    },
    { command: 'akin completion zsh > ~/.zfunc/_akin', purpose: 'a folder of your fpath' },
    { command: 'akin completion fish > ~/.config/fish/completions/akin.fish', purpose: 'for fish' },
  ],
};

/** Puts a command's examples under its help. */
export function addExamples(command: Command): void {
  const examples = EXAMPLES[command.name()] ?? [];
  if (examples.length === 0) return;
  command.addHelpText('after', ({ command: shown }) => {
    const help = shown.createHelp();
    const lines = examples.map(({ command: typed, purpose }) => `  ${typed}\n      ${purpose}`);
    return `\n${help.styleTitle('Examples:')}\n${lines.join('\n')}`;
  });
}
