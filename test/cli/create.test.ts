import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { loadConfig } from '../../src/config.js';
import { type OpenOptions, openAkin } from '../../src/open.js';
import { folderForTest } from '../e2e/process.js';

const OPENED = 'It is opened no further than this.';

/** What a command asks for where it opens an index. */
async function openedBy(args: string[]): Promise<OpenOptions> {
  const asked: OpenOptions[] = [];
  const program = createProgram({
    open: async (options) => {
      asked.push(options);
      throw new Error(OPENED);
    },
  });
  await expect(program.parseAsync(['node', 'akin', ...args])).rejects.toThrow(OPENED);
  return asked[0] as OpenOptions;
}

it('akin ingest makes an index where there is none', async () => {
  expect(await openedBy(['ingest', 'corpus'])).toMatchObject({ create: true });
});

it.each([
  'search x',
  'related x',
  'stories',
  'list',
  'get x',
  'remove x',
  'stats',
  'jobs',
  'rebuild',
  'compact',
])('akin %s makes none', async (command) => {
  expect(await openedBy(command.split(' '))).toMatchObject({ create: false });
});

it('a path without an index is told, with what to do, and stays without one', async () => {
  const index = join(folderForTest(), 'indx');
  const { config } = loadConfig({ flags: { index }, environment: {} });
  await expect(openAkin({ config, create: false })).rejects.toMatchObject({
    code: 'INDEX_NOT_FOUND',
    message: expect.stringContaining('akin ingest'),
  });
  expect(existsSync(index)).toBe(false);
});
