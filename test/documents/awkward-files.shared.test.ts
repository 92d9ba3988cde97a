import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/documents/parse.js';
import { AkinError } from '../../src/errors.js';
import { SHARED } from '../support/needs.js';
import { OUTCOMES } from './awkward-files.js';

const FOLDER = join(SHARED, 'data/files');
/** Words of a text may be a few more or less. */
const TOLERANCE = 0.05;
/** A file that takes longer is as good as hung. */
const LONGEST_MS = 30_000;

const expected = new Map(
  OUTCOMES.trim()
    .split('\n')
    .map((line): [string, string] => {
      const [name = '', outcome = ''] = line.split(/ {2,}/);
      return [name, outcome];
    }),
);

/** The files that there are. */
function filesThere(): string[] {
  return readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.tsv'))
    .map((entry) => relative(FOLDER, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

async function outcomeOf(name: string): Promise<{ outcome: string; words: number }> {
  try {
    const { type, documents, failures } = await parseFile(readFileSync(join(FOLDER, name)), name);
    const words = documents.reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0);
    const codes = [...new Set(failures.map(({ code }) => code))].join(' ');
    const kind = documents.length > 1 ? `${type} × ${documents.length}` : type;
    return { outcome: [kind, 'text', ...(codes === '' ? [] : [codes])].join(', '), words };
  } catch (error) {
    if (!(error instanceof AkinError)) throw error;
    return { outcome: error.code, words: 0 };
  }
}

describe('files from elsewhere', { tags: ['shared'] }, () => {
  it('are all in the table', () => {
    expect([...expected.keys()].sort()).toEqual(filesThere());
  });

  it.each([...expected.keys()])(
    'gives of %s what a person reads in it, or says why not',
    async (name) => {
      const row = expected.get(name) ?? '';
      const { outcome, words } = await outcomeOf(name);
      expect(outcome).not.toMatch(/PARSE_FAILED|INTERNAL/);
      const count = /(\d+) words/.exec(row)?.[1];
      expect(outcome).toBe(row.replace(/\d+ words/, 'text'));
      if (count) expect(Math.abs(words - Number(count))).toBeLessThanOrEqual(Number(count) * TOLERANCE);
    },
    LONGEST_MS,
  );
});
