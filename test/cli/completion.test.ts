import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderForTest, ROOT } from '../e2e/process.js';
import { printed } from './printed.js';

/** What stands on the line, and words that a shell then offers; the last word is the one that is being typed. */
const LINES: [string[], string[]][] = [
  [
    ['akin', 'se'],
    ['search', 'serve'],
  ],
  [['akin', '--index', 'index', 'sto'], ['stories']],
  [
    ['akin', 'search', 'tidal', '--mod'],
    ['--mode', '--model'],
  ],
  [
    ['akin', 'search', '--mode', ''],
    ['hybrid', 'semantic', 'keyword'],
  ],
  [['akin', 'keys', 'cre'], ['create']],
  [
    ['akin', 'keys', 'create', '--scope', ''],
    ['read', 'write', 'admin'],
  ],
  [
    ['akin', 'related', '--source', ''],
    ['any', 'same', 'other'],
  ],
  [
    ['akin', 'completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [
    ['akin', 'list', '--color', ''],
    ['auto', 'always', 'never'],
  ],
];

/** A program in each shell that reads the script and prints what it offers for a line. */
const PROGRAMS: Record<string, (script: string, words: string[]) => string> = {
  bash: (script, words) => `source ${script}
    COMP_WORDS=(${quoted(words)}); COMP_CWORD=${words.length - 1}; _akin; printf '%s\\n' "\${COMPREPLY[@]}"`,
  // What zsh itself does with the words that it is given needs a terminal; here they are printed, those that fit.
  zsh: (script, words) => `compdef() { :; }
    offer() { local one; for one in "$@"; do [[ $one == "\${words[CURRENT]}"* ]] && print -r -- "\${one%%:*}"; done; :; }
    compadd() { shift; offer "$@"; }
    _describe() { offer "\${(@P)2}"; }
    source ${script}
    words=(${quoted(words)}); CURRENT=${words.length}; _akin; true`,
  fish: (script, words) =>
    `source ${script}; complete -C "${words.join(' ')}" | string replace -r '\\t.*' ''; true`,
};

function quoted(words: string[]): string {
  return words.map((word) => `'${word}'`).join(' ');
}

describe.each(Object.keys(PROGRAMS))('%s', (shell) => {
  it('completes commands, options and values', { tags: shell === 'bash' ? [] : [shell] }, async () => {
    const folder = folderForTest();
    const script = join(folder, '_akin');
    writeFileSync(script, await printed('completion', shell));
    for (const [words, wanted] of LINES) {
      const program = PROGRAMS[shell]?.(script, words) ?? '';
      const offered = execFileSync(shell, ['-c', program], { cwd: folder, encoding: 'utf8' });
      expect([words, offered.trim().split('\n').sort()]).toEqual([words, wanted.toSorted()]);
    }
  });
});

it('offers files where a command takes some', async () => {
  const program = `${await printed('completion', 'bash')}\nCOMP_WORDS=(akin ingest READ); COMP_CWORD=2; _akin; echo "\${COMPREPLY[@]}"`;
  expect(execFileSync('bash', ['-c', program], { cwd: ROOT, encoding: 'utf8' })).toBe('README.md\n');
});

it('knows no other shell', async () => {
  await expect(printed('completion', 'cmd')).rejects.toMatchObject({ code: 'commander.invalidArgument' });
});
