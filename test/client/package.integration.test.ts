import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { folderForTest, ROOT } from '../e2e/process.js';
import { useApp } from '../support/app.js';

const server = useApp();

describe('the package', () => {
  it('has a client that needs nothing but what every runtime has', () => {
    const seen = new Set<string>();
    const follow = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      const imports = readFileSync(path, 'utf8').matchAll(/^(?:import|export)\b[^'"\n]*['"]([^'"]+)['"]/gm);
      for (const [, name = ''] of imports) {
        expect([path, name]).toEqual([path, expect.stringMatching(/^\.{1,2}\//)]);
        follow(join(path, '..', name));
      }
      expect(readFileSync(path, 'utf8')).not.toMatch(/\b(process|Buffer)\.|\b(require|import)\(['"]/);
    };
    follow(join(ROOT, 'dist/client/index.js'));
    expect([...seen].map((path) => path.slice(ROOT.length))).toContain('dist/client/transport.js');
  });

  it('types it for a browser', async () => {
    const folder = folderForTest();
    writeFileSync(
      join(folder, 'page.ts'),
      `import { AkinClient, type Hit } from '${join(ROOT, 'dist/client/index.js')}';
       const client = new AkinClient({ baseUrl: location.origin, apiKey: 'key' });
       const titles: (string | null)[] = (await client.search({ query: 'x' })).hits.map(({ document }: Hit) => document.title);
       // @ts-expect-error: a limit is a number.
       await client.search({ query: 'x', limit: 'ten' });
       export { titles };`,
    );
    const options =
      '--noEmit --strict --skipLibCheck --target es2023 --module esnext --moduleResolution bundler';
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const args = [...options.split(' '), '--lib', 'es2023,dom,dom.iterable', '--types', '', 'page.ts'];
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, ...args], { cwd: folder });
    expect(stdout).toBe('');
  });

  it('is imported by its name', async () => {
    const script = `import { AkinClient } from 'akin/client';
      const client = new AkinClient({ baseUrl: '${server.address}' });
      console.log((await client.stats()).model.name);`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT });
    expect((await run).stdout.trim()).toBe('all-MiniLM-L6-v2');
  });
});
