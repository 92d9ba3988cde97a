import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { databaseFor } from '../../scripts/database-for-tests.js';
import type { Job } from '../../src/index.js';
import { call, finished, folderForTest, ROOT } from './process.js';

const FULL = '/dev/full';

interface Server {
  address: string;
  /** Nobody reads its output any more. */
  deafen(): void;
  stop(): Promise<number | null>;
}

async function serve(stderr: 'pipe' | number, ...args: string[]): Promise<Server> {
  const index = folderForTest();
  const main = join(ROOT, 'dist', 'cli', 'main.js');
  const child = spawn(process.execPath, [main, 'serve', '--index', index, '--port', '0', ...args], {
    env: { ...process.env, ...databaseFor(index), AKIN_LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', stderr],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  let output = '';
  let address: string | undefined;
  for await (const words of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    output += words;
    address = /at (http:\S+)/.exec(output)?.[1];
    if (address !== undefined) break;
  }
  if (address === undefined) throw new Error(`akin serve ended: ${output}`);
  return {
    address,
    deafen: () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
    stop: async () => {
      child.kill('SIGTERM');
      const [status] = await closed;
      return status;
    },
  };
}

async function linesLost({ address }: Server): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return Number(/^akin_log_lines_lost_total (\d+)$/m.exec(text)?.[1]);
}

it.runIf(existsSync(FULL))('a server whose log is on a full disk goes on, and counts the lines', async () => {
  const full = openSync(FULL, 'w');
  const server = await serve(full);
  closeSync(full);
  for (let i = 0; i < 3; i++) expect((await call(server, 'GET', '/v1/stats')).status).toBe(200);
  expect(await linesLost(server)).toBeGreaterThanOrEqual(2);
  expect(await server.stop()).toBe(0);
});

it('a server whose output nobody reads any more goes on', async () => {
  const corpus = folderForTest();
  for (let number = 0; number < 20; number++)
    writeFileSync(
      join(corpus, `${number}.txt`),
      `Report ${number}: the council met about the weir. `.repeat(10),
    );
  const server = await serve('pipe', '--corpus', corpus);
  server.deafen();
  let job: Job | undefined;
  while (!job) [job] = (await call<{ jobs: Job[] }>(server, 'GET', '/v1/jobs')).body.jobs;
  // What became of the corpus is told on standard output.
  expect((await finished(server, job)).status).toBe('succeeded');
  expect(await linesLost(server)).toBeGreaterThan(0);
  expect(await server.stop()).toBe(0);
});
