import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { akin, folderForTest, temporaryFolder } from './process.js';

const corpus = temporaryFolder();

beforeAll(() => {
  mkdirSync(join(corpus.path, 'a'));
  const paragraph = (i: number): string =>
    `${'The council heard a report on the weir and sent it back. '.repeat(9)}${i}.\n\n`;
  writeFileSync(
    join(corpus.path, 'a', 'huge.txt'),
    Array.from({ length: 60_000 }, (_, i) => paragraph(i)).join(''),
  );
  writeFileSync(join(corpus.path, 'b.txt'), 'The heron stands on the weir below the mill.');
  writeFileSync(join(corpus.path, 'c.txt'), 'A lighthouse keeper writes letters to her bees.');
  return corpus.remove;
});

it.each([
  ['memory', 'OUT_OF_MEMORY', { AKIN_READER_MEMORY_MB: '128' }],
  ['time', 'PARSE_TIMEOUT', { AKIN_FILE_TIMEOUT_MS: '6000' }],
])('a file that takes too much %s is named, and those after it are read', async (_what, code, env) => {
  const index = folderForTest();
  const { status, stdout } = await akin(['--index', index, '--json', 'ingest', corpus.path], { env });
  expect(status).toBe(1);
  const { counts, errors } = JSON.parse(stdout);
  expect(errors).toEqual([{ item: 'a/huge.txt', code, detail: expect.any(String) }]);
  expect(counts).toMatchObject({ created: 2, failed: 1 });
});
