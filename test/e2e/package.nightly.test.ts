import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT, temporaryFolder } from './process.js';

const run = promisify(execFile);
const folder = temporaryFolder();
afterAll(folder.remove);
const home = join(folder.path, 'app');
let files: string[];

/** `npx akin …` in the folder where the package is installed. */
function akin(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return run('npx', ['--no-install', 'akin', ...args], { cwd: home });
}

/** Native modules, as they were compiled for the checkout: that takes more than a minute. */
const COMPILED = ['better-sqlite3', 'hnswlib-node'];

beforeAll(async () => {
  const shrinkwrap = (...args: string[]) =>
    execFileSync(process.execPath, [join(ROOT, 'scripts', 'shrinkwrap.mjs'), ...args]);
  shrinkwrap();
  let packed: [{ filename: string; files: { path: string }[] }];
  try {
    const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder.path];
    packed = JSON.parse((await run('npm', args, { cwd: ROOT })).stdout);
  } finally {
    shrinkwrap('--remove');
  }
  const [{ filename, files: list }] = packed;
  files = list.map(({ path }) => path);
  mkdirSync(home);
  // A registry says of a package that it has a shrinkwrap, a file does not: then npm wants the overrides again.
  const { overrides } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'app', private: true, overrides }));
  const quiet = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', ...quiet, join(folder.path, filename)], { cwd: home });
  for (const name of COMPILED)
    cpSync(join(ROOT, 'node_modules', name, 'build'), join(home, 'node_modules', name, 'build'), {
      recursive: true,
    });
});

it('holds what runs and what is read, and nothing of the workshop', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'dist/cli/main.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/web/index.html',
      'dist/web/main.js',
      'dist/web/style.css',
      'docs/cli.md',
      'npm-shrinkwrap.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE',
    ]),
  );
  const own = /^(dist\/|docs\/[^/]+\.md$|[A-Z]+(\.md)?$|package\.json$|npm-shrinkwrap\.json$)/;
  expect(files.filter((path) => !own.test(path))).toEqual([]);
});

it('brings the libraries that Akin was tested with, and none that only tests need', () => {
  const installed = JSON.parse(
    readFileSync(join(home, 'node_modules', '.package-lock.json'), 'utf8'),
  ).packages;
  expect(installed['node_modules/sharp'].version).toMatch(/^0\.34\./);
  expect(installed['node_modules/protobufjs'].version).toMatch(/^7\./);
  for (const name of ['vitest', 'typescript', 'playwright-core'])
    expect(installed).not.toHaveProperty([`node_modules/${name}`]);
});

it('runs where it is installed', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect((await akin('--version')).stdout).toBe(`${version}\n`);
  cpSync(join(ROOT, 'corpus', 'energy'), join(home, 'articles'), { recursive: true });
  expect((await akin('ingest', 'articles')).stdout).toMatch(/ new$/m);
  const { stdout } = await akin('search', '--json', 'who pays for the tidal power plant?');
  expect(JSON.parse(stdout).hits[0].document.id).toMatch(/^tidal-gate/);
});

it('is a library with types', async () => {
  const script = `import { loadConfig } from 'akin'; console.log(loadConfig().config.port)`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: home });
  expect(stdout).toBe('3000\n');
});
