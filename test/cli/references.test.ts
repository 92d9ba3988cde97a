import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cliReference } from '../../scripts/cli-reference.js';
import { configurationReference } from '../../scripts/configuration-reference.js';
import { commandTree } from '../../src/cli/completion/command-tree.js';
import { EXAMPLES } from '../../src/cli/examples.js';
import { createProgram } from '../../src/cli/program.js';

it.each([
  ['cli', cliReference],
  ['configuration', configurationReference],
])('docs/%s.md is what npm run docs:references writes', (name, reference) => {
  expect(readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8')).toBe(reference());
});

it('examples are of commands that there are, with options that they have', () => {
  const root = commandTree(createProgram());
  for (const [name, examples] of Object.entries(EXAMPLES)) {
    const command = root.commands.find(({ path }) => path[0] === name);
    expect(command?.path).toEqual([name]);
    const parts = command?.commands.flatMap(({ options }) => options) ?? [];
    const options = [...(command?.options ?? []), ...parts, ...root.options].map((option) => option.name);
    for (const { command: typed } of examples) {
      const own = typed.slice(typed.indexOf(`akin ${name}`));
      for (const [option] of own.matchAll(/(?<= )--[a-z-]+/g))
        expect([typed, options]).toEqual([typed, expect.arrayContaining([option])]);
    }
  }
  expect(root.commands.map(({ path }) => path[0]).filter((name) => !EXAMPLES[name ?? ''])).toEqual([
    'rebuild',
    'compact',
  ]);
});
