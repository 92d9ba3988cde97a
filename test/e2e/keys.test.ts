import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { akin, call, folderForTest, type RunningServer, startServer, temporaryFolder } from './process.js';

interface MadeKey {
  id: string;
  key: string;
}

async function makeKey(index: string, ...options: string[]): Promise<MadeKey> {
  const { status, stdout, stderr } = await akin(['keys', 'create', '--index', index, '--json', ...options]);
  expect(stderr).toMatch(/not shown again/);
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

async function statusOf({ address }: Pick<RunningServer, 'address'>, key?: string): Promise<number> {
  const headers: Record<string, string> = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  return (await fetch(`${address.replace('0.0.0.0', '127.0.0.1')}/v1/stats`, { headers })).status;
}

describe('akin keys, with the server running', () => {
  const index = temporaryFolder();
  let server: RunningServer;
  let made: MadeKey[];
  beforeAll(async () => {
    server = await startServer(index.path);
    await call(server, 'POST', '/v1/documents', { id: 'ferry', text: 'The ferry turned back in the storm.' });
    made = [
      await makeKey(index.path, '--scope', 'read', '--name', 'page'),
      await makeKey(index.path, '--scope', 'read', '--filter', '{"source":"Desk"}'),
    ];
  });
  afterAll(async () => {
    await server.stop();
    index.remove();
  });

  it('shows a key once and keeps no more than its hash, where only its user can read', {
    tags: ['folder'],
  }, async () => {
    const { stdout } = await akin(['keys', 'list', '--index', index.path]);
    expect(stdout).toMatch(new RegExp(`${made[0]?.id} .* read +page\n`));
    const folder = join(index.path, 'keys');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toHaveLength(made.length);
    for (const file of readdirSync(folder)) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
      const kept = readFileSync(join(folder, file), 'utf8');
      for (const { key } of made) {
        expect(kept + stdout).not.toContain(key);
        expect(kept + stdout).not.toContain(key.slice('akin_'.length + 13));
      }
    }
  });

  it('is refused at once when it is revoked', async () => {
    const { id, key } = await makeKey(index.path, '--scope', 'read');
    expect(await statusOf(server, key)).toBe(200);
    expect((await akin(['keys', 'revoke', id, '--index', index.path])).status).toBe(0);
    expect(await statusOf(server, key)).toBe(401);
    const again = await akin(['keys', 'revoke', id, '--index', index.path]);
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('[KEY_NOT_FOUND]');
  });

  it("lets its own user's commands through without one", async () => {
    expect(await statusOf(server)).toBe(401);
    const { status, stdout } = await akin(['search', 'ferry in the storm', '--index', index.path]);
    expect(status).toBe(0);
    expect(stdout).toContain('turned back');
    expect((await akin(['get', 'ferry', '--index', index.path])).status).toBe(0);
  });
});

describe('a server on every address', () => {
  it('does not start without a key, and says how one is made', async () => {
    const args = ['serve', '--index', folderForTest(), '--host', '0.0.0.0', '--port', '0'];
    const { status, stderr } = await akin(args);
    expect(status).toBe(2);
    expect(stderr).toContain('akin keys create');
  });

  it('listens with one, and stays closed when its last key is revoked', async () => {
    const index = folderForTest();
    const { id, key } = await makeKey(index, '--scope', 'read');
    const open = await startServer(index, ['--host', '0.0.0.0']);
    expect(await statusOf(open)).toBe(401);
    expect(await statusOf(open, key)).toBe(200);
    await akin(['keys', 'revoke', id, '--index', index]);
    expect(await statusOf(open, key)).toBe(401);
    expect(await statusOf(open)).toBe(401);
    expect(await open.stop()).toBe(0);
  });
});
