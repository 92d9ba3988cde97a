import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../src/http/openapi/openapi-document.js';
import { PROBLEM_CODES, statusOf } from '../../src/http/problem.js';
import { folderForTest, ROOT } from '../e2e/process.js';
import { useApp } from '../support/app.js';

const PAGES = ['docs/api.md', 'docs/client.md'];
const SHOWN_ADDRESS = 'http://127.0.0.1:3000';

const server = useApp({ own: { corpus: true } });

const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

function blocksOf(page: string, language: string): string[] {
  return [...textOf(page).matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]+?)^\`\`\``, 'gm'))].map(
    ([, block = '']) => block,
  );
}

/** As the page shows it, but for the address of the server. */
const atServer = (block: string): string => block.replaceAll(SHOWN_ADDRESS, server.address);

async function run(program: string, args: string[], cwd = ROOT): Promise<string> {
  return (await promisify(execFile)(program, args, { cwd, maxBuffer: 64 << 20 })).stdout;
}

describe.each(PAGES)('the examples of %s', (page) => {
  it('are in every language', () => {
    for (const language of ['sh', 'ts', 'python']) {
      expect([language, blocksOf(page, language).length]).toEqual([language, expect.any(Number)]);
      expect(blocksOf(page, language).length).toBeGreaterThan(0);
    }
  });

  it('run in a shell', async () => {
    for (const block of blocksOf(page, 'sh')) {
      const output = await run('bash', ['-euo', 'pipefail', '-c', atServer(block)]);
      expect([block, output]).toEqual([block, expect.stringMatching(/\S/)]);
      // Only the section on errors shows one.
      expect([block, /"code":"[A-Z_]+"/.test(output)]).toEqual([block, block.includes('/missing')]);
    }
  });

  it('compile as TypeScript, and run', async () => {
    const [first = '', ...others] = blocksOf(page, 'ts');
    // Each block is a scope of its own; the first, with the imports, is for all.
    const script = [first, ...others.map((block) => `{\n${block}}\n`)].join('');
    const folder = folderForTest();
    const file = join(folder, 'examples.ts');
    writeFileSync(file, atServer(script));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    // As if it were installed.
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(ROOT, join(folder, 'node_modules/akin'), 'dir');
    const typescript = join(ROOT, 'node_modules/typescript/bin/tsc');
    const options =
      '--noEmit --strict --skipLibCheck --target es2023 --module nodenext --types node --typeRoots';
    await run(
      process.execPath,
      [typescript, ...options.split(' '), join(ROOT, 'node_modules/@types'), file],
      folder,
    );
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
    expect(await run(process.execPath, [tsx, file], folder)).toMatch(/tidal/i);
  });

  it('run in Python', { tags: ['requests'] }, async () => {
    const script = atServer(blocksOf(page, 'python').join('\n'));
    expect(await run('python3', ['-c', script])).toMatch(/tidal/i);
  });
});

describe('docs/api.md', () => {
  it('has every route', () => {
    const text = textOf('docs/api.md');
    for (const { method, path } of OPERATIONS) expect(text).toContain(`\`${method} ${path}\``);
  });

  it('has every code with its status', () => {
    const rows = [...textOf('docs/api.md').matchAll(/^\| (\d{3}) \| (.+) \|$/gm)];
    const named = rows.flatMap(([, status, codes = '']) =>
      [...codes.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => `${code} ${status}`),
    );
    expect(named.sort()).toEqual(PROBLEM_CODES.map((code) => `${code} ${statusOf(code)}`).sort());
  });
});
