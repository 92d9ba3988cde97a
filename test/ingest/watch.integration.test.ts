import { mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { errorMessage } from '../../src/errors.js';
import { watchPaths } from '../../src/ingest/watch.js';
import { folderForTest } from '../e2e/process.js';

interface Watched {
  /** Resolves when the paths were compared so often in all. */
  compared(times: number): Promise<void>;
  failures: (string | null)[];
}

/** Watches a path; `onChange` is called with how often it was, from 1. */
function watched(path: string, onChange: (times: number) => void = () => undefined): Watched {
  const ending = new AbortController();
  const failures: (string | null)[] = [];
  let times = 0;
  let tell: () => void = () => undefined;
  const watching = watchPaths(
    [path],
    {
      followLinks: false,
      signal: ending.signal,
      onFailure: (error) => failures.push(error === null ? null : errorMessage(error)),
      lookMs: 50,
    },
    async () => {
      times++;
      tell();
      onChange(times);
    },
  );
  onTestFinished(async () => {
    ending.abort();
    await watching;
  });
  return {
    failures,
    compared: async (wanted) => {
      while (times < wanted) await new Promise<void>((resolve) => (tell = resolve));
    },
  };
}

it('what fails is told once, and the next change is followed all the same', async () => {
  const folder = folderForTest();
  const { compared, failures } = watched(folder, (times) => {
    if (times <= 2) throw new Error('The disk is gone.');
  });
  await compared(1);
  writeFileSync(join(folder, 'a.txt'), 'a');
  await compared(2);
  expect(failures).toEqual(['The disk is gone.']);
  writeFileSync(join(folder, 'b.txt'), 'b');
  await compared(3);
  await expect.poll(() => failures).toEqual(['The disk is gone.', null]);
});

/** The watcher's being ready may be one comparison; the other is for a file. */
async function expectFollowed(folder: string, compared: Watched['compared'], before: number): Promise<void> {
  for (const [place, name] of ['a.txt', 'b.txt'].entries()) {
    writeFileSync(join(folder, name), name);
    await compared(before + place + 1);
  }
}

it('a folder that another takes the place of is followed on', async () => {
  const folder = join(folderForTest(), 'corpus');
  mkdirSync(folder);
  const { compared } = watched(folder);
  await compared(1);
  mkdirSync(`${folder}.new`);
  renameSync(folder, `${folder}.old`);
  renameSync(`${folder}.new`, folder);
  await compared(2);
  await expectFollowed(folder, compared, 2);
});

it('a link that is turned to another folder is followed there', async () => {
  const [one, other, place] = [folderForTest(), folderForTest(), folderForTest()];
  const link = join(place, 'corpus');
  symlinkSync(one, link);
  const { compared } = watched(link);
  await compared(1);
  unlinkSync(link);
  symlinkSync(other, link);
  await compared(2);
  await expectFollowed(other, compared, 2);
});
