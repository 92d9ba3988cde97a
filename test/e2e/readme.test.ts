import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETTING_NAMES, variableOf } from '../../src/config.js';
import {
  call,
  copyCorpusIndex,
  finished,
  indexWithCorpus,
  ROOT,
  type RunningServer,
  startServer,
  temporaryFolder,
} from './process.js';

const PAGES = ['README', 'docs/ingest', 'docs/search', 'docs/related', 'docs/operation'];
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** What is shown to be typed, each once, in the order of the pages; `npm run akin --` is `akin` in a checkout. */
const commands = [
  ...new Set(
    PAGES.flatMap((page) => {
      const shown = readFileSync(join(ROOT, `${page}.md`), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
      return [...shown.matchAll(/^ {4}(.+)$/gm)].map(([, command = '']) =>
        command.replace('npm run akin --', 'akin'),
      );
    }),
  ),
];
const starting = (word: string): string[] => commands.filter((command) => command.startsWith(word));
/** Commands go through a server, as where one is running; test/e2e/cli.test.ts has those that do without. */
let index: string;
let server: RunningServer;
beforeAll(async () => {
  index = temporaryFolder().path;
  await copyCorpusIndex(index);
  server = await startServer(index);
});
afterAll(async () => {
  await server.stop();
  rmSync(index, { recursive: true });
});

const home = temporaryFolder();
afterAll(home.remove);
writeFileSync(
  join(home.path, 'akin'),
  `#!/bin/sh\nexec ${process.execPath} ${join(ROOT, 'dist/cli/main.js')} "$@"\n`,
  { mode: 0o755 },
);

/** Runs a command of the documents; what it would write into the home folder goes elsewhere. */
function bash(shown: string): Promise<{ stdout: string; stderr: string }> {
  const command = shown.replaceAll('~/', `${home.path}/`);
  const env = { ...process.env, AKIN_INDEX: index, PATH: `${home.path}:${process.env.PATH}` };
  return promisify(execFile)('bash', ['-euo', 'pipefail', '-c', command], { cwd: ROOT, env });
}

it('every command of the README and of docs/ is one that these tests know', () => {
  const known = [
    'npm ci && npm start',
    'npm start -- --corpus ~/articles --index ~/articles-index',
    'npm ci && npm test',
    'npm install akin',
  ];
  const tried = [...starting('akin '), ...starting('curl ')];
  expect(tried.length).toBeGreaterThanOrEqual(30);
  expect(commands.filter((command) => !tried.includes(command))).toEqual(known);
});

it('every page that is linked to is there', () => {
  const pages = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
  ];
  for (const page of pages.filter((name) => name.endsWith('.md'))) {
    for (const [, link = ''] of readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect([page, link, existsSync(join(ROOT, dirname(page), link))]).toEqual([page, link, true]);
  }
});

it('every script of npm that a page names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const pages = [
    ...['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'SECURITY.md', 'scripts/README.md'],
    ...readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  ];
  for (const page of pages) {
    for (const [, name] of readFileSync(join(ROOT, page), 'utf8').matchAll(
      /npm run (?:--silent )?([\w:-]+)/g,
    ))
      expect([page, name, Object.keys(scripts)]).toEqual([page, name, expect.arrayContaining([name])]);
  }
});

it('every file of tests that a page names is there', () => {
  const pages = ['CONTRIBUTING.md', 'docs/testing.md', 'docs/page.md', 'scripts/README.md'];
  for (const page of pages) {
    for (const [path] of readFileSync(join(ROOT, page), 'utf8').matchAll(/\btest\/[\w./-]+\.(?:ts|json)\b/g))
      expect([page, path, existsSync(join(ROOT, path))]).toEqual([page, path, true]);
  }
});

it('the README is short, and says of each setting it names what holds', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(200);
  const variables = SETTING_NAMES.map(variableOf);
  for (const [variable] of readme.matchAll(/AKIN_[A-Z_]+/g)) expect(variables).toContain(variable);
});

describe('the commands of the shell', () => {
  it.each([...starting('akin '), 'akin --help', 'akin config'])('%s', async (command) => {
    const { stdout } = await bash(command);
    expect(stdout.trim()).not.toBe('');
  });
});

describe('the commands over HTTP', () => {
  it.each(starting('curl '))('%s', async (command) => {
    const { stdout } = await bash(command.replace('http://127.0.0.1:3000', server.address));
    const file = / -o ~\/(\S+)/.exec(command)?.[1];
    if (file) {
      expect(readFileSync(join(home.path, file)).length).toBeGreaterThan(0);
      return;
    }
    const answer = JSON.parse(stdout);
    expect(answer).not.toHaveProperty('code');
    if (answer.job) expect(await finished(server, answer.job)).toMatchObject({ status: 'succeeded' });
    if (answer.hits) expect(answer.hits.length).toBeGreaterThan(0);
  });
});

it('npm run akin is akin', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'akin', '--', '--version'], {
    cwd: ROOT,
  });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it('the library is used as shown', async () => {
  const script = /```ts\n([\s\S]+?)```/.exec(readme)?.[1] ?? '';
  const shown = script.replace("index: 'index'", `index: ${JSON.stringify(await indexWithCorpus())}`);
  expect(shown).not.toBe(script);
  const run = promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', `${shown}\nconsole.log(hits[0].document.id);`],
    { cwd: ROOT },
  );
  expect((await run).stdout).toContain('tidal-gate');
});

it('npm start serves the corpus and the page, and takes further options', async () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const other = temporaryFolder();
  const [program = '', ...args] =
    `${scripts.start} --port 0 --corpus corpus/briefs --index ${other.path}`.split(' ');
  const child = spawn(program, args, { cwd: ROOT });
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (/ new, /.test(output)) break;
  }
  const address = /http:\S+/.exec(output)?.[0] ?? '';
  expect((await call<{ documents: number }>({ address }, 'GET', '/v1/stats')).body.documents).toBe(5);
  const page = await fetch(address);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<title>Akin');
  child.kill('SIGTERM');
  expect((await once(child, 'close'))[0]).toBe(0);
  other.remove();
});
