import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Job } from '../../src/index.js';
import { akin, folderForTest, ROOT } from './process.js';

/** Runs akin ingest with --json; gives the job and the exit status. */
async function ingest(index: string, ...args: string[]): Promise<Job & { exit: number | null }> {
  const { status: exit, stdout, stderr } = await akin(['--index', index, '--json', 'ingest', ...args]);
  if (stdout === '') throw new Error(stderr);
  return { ...(JSON.parse(stdout) as Job), exit };
}

async function idsIn(index: string): Promise<string[]> {
  const { documents } = JSON.parse((await akin(['--index', index, '--json', 'list'])).stdout);
  return documents.map(({ id }: { id: string }) => id).sort();
}

it('an interrupted ingest keeps what it stored, and the next one goes on', async () => {
  const COUNT = 300;
  const [index, corpus] = [folderForTest(), folderForTest()];
  for (let number = 0; number < COUNT; number++) {
    const sentence = `Report ${number} says that the council meets on day ${number * 3} about the bridge. `;
    writeFileSync(join(corpus, `${number}.txt`), sentence.repeat(2));
  }
  const main = join(ROOT, 'dist', 'cli', 'main.js');
  const child = spawn(process.execPath, [main, '--index', index, '--json', 'ingest', corpus]);
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  const closed = once(child, 'close');
  // Once vectors are written, some documents are stored; 300 of these take more than this, an empty index half of it.
  const log = join(index, 'akin.db-wal');
  while (child.exitCode === null && (statSync(log, { throwIfNoEntry: false })?.size ?? 0) < 1_000_000)
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  const [status] = await closed;
  expect(status).toBe(1);
  expect(JSON.parse(output)).toMatchObject({ status: 'cancelled' });
  const ended = await ingest(index, corpus);
  expect(ended).toMatchObject({ status: 'succeeded', counts: { total: COUNT, done: COUNT, failed: 0 } });
  expect(await idsIn(index)).toHaveLength(COUNT);
});

it('an ingest that follows a folder ends in order when its terminal is closed', async () => {
  const [index, corpus] = [folderForTest(), folderForTest()];
  writeFileSync(join(corpus, 'heron.txt'), 'The heron stands on the weir below the mill.');
  const main = join(ROOT, 'dist', 'cli', 'main.js');
  const child = spawn(process.execPath, [main, '--index', index, 'ingest', '--watch', corpus]);
  const closed = once(child, 'close');
  child.stdout.resume();
  for await (const words of child.stderr) if (String(words).includes('Following')) break;
  child.kill('SIGHUP');
  expect((await closed)[0]).toBe(0);
});
