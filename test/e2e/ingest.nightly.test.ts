import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Job } from '../../src/index.js';
import { akin, folderForTest, startServer } from './process.js';

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

it('akin ingest follows a folder through a server', async () => {
  const [index, corpus] = [folderForTest(), folderForTest()];
  const server = await startServer(index);
  onTestFinished(async () => void (await server.stop()));
  writeFileSync(join(corpus, 'ferry.txt'), 'The ferry turned back in the storm.');
  writeFileSync(join(corpus, 'tram.txt'), 'A new tram line shall run through the old town.');
  writeFileSync(join(corpus, 'list.json'), '[]');
  const first = await ingest(index, corpus);
  expect(first).toMatchObject({ exit: 1, counts: { created: 2, failed: 1 } });
  writeFileSync(join(corpus, 'list.json'), '[{"id":"swift","text":"Swifts nest in the tower."}]');
  expect(await ingest(index, '--retry-failed')).toMatchObject({ exit: 0, counts: { created: 1 } });
  rmSync(join(corpus, 'tram.txt'));
  expect(await ingest(index, '--prune', corpus)).toMatchObject({ exit: 0, counts: { removed: 1 } });
  expect(await idsIn(index)).toEqual(['ferry.txt', 'swift']);
});
