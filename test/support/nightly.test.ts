import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../e2e/process.js';
import { NIGHTLY, nightlyFor } from './nightly.js';

it('every nightly test says what it is about, by files that there are', () => {
  const found = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.nightly.test.ts'))
    .map((name) => `test/${name.replaceAll('\\', '/')}`);
  expect(Object.keys(NIGHTLY).sort()).toEqual(found.sort());
  for (const path of Object.values(NIGHTLY).flat())
    expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
});

it('a change calls for the nightly tests that are about it', () => {
  expect(nightlyFor(['README.md', 'src/mcp/tool.ts'])).toEqual([]);
  expect(nightlyFor(['src/documents/parsers/pdf/ocr.ts'])).toEqual([
    'test/documents/damaged.nightly.test.ts',
    'test/documents/hostile-pages.nightly.test.ts',
    'test/documents/pdf-ocr.nightly.test.ts',
    'test/e2e/bad-files.nightly.test.ts',
    'test/e2e/memory.nightly.test.ts',
    'test/search/same-answers.nightly.test.ts',
  ]);
  expect(nightlyFor(['test/e2e/package.nightly.test.ts'])).toEqual(['test/e2e/package.nightly.test.ts']);
});
