import { describe, expect, it } from 'vitest';
import { planSync } from '../../src/ingest/sync-plan.js';
import type { FoundFile } from '../../src/ingest/walk.js';
import type { FileRecord } from '../../src/storage/file-store.js';
import type { Failure } from '../../src/types.js';

const NOW = 1_000_000;
const found = (name: string, touchedMs = 0, size = 10): FoundFile => ({
  path: `/corpus/${name}`,
  name,
  place: { root: '/corpus', location: `/corpus/${name}`, size, touchedMs },
});
const record = (
  name: string,
  { reading = 'r', readMs = 900_000, touchedMs = 0, size = 10 } = {},
): FileRecord => ({
  path: name,
  hash: 'h',
  reading,
  readMs,
  place: { root: '/corpus', location: `/corpus/${name}`, size, touchedMs },
});
const plan = (
  files: FoundFile[],
  known: FileRecord[],
  {
    failures = {},
    unread = [],
    settleMs = 0,
  }: { failures?: Record<string, string>; unread?: string[]; settleMs?: number } = {},
) =>
  planSync({
    found: { roots: ['/corpus'], files, failures: [], unread },
    known,
    failuresOf: (path): Failure[] =>
      failures[path] ? [{ item: path, code: failures[path], detail: '' }] : [],
    reading: 'r',
    nowMs: NOW,
    settleMs,
  });
const unchangedOf = ({ unchanged }: ReturnType<typeof planSync>): string[] =>
  [...unchanged].map(({ name }) => name);

describe('planSync', () => {
  it('passes over what has its size and time, and was read by the same reader', () => {
    expect(unchangedOf(plan([found('a')], [record('a')]))).toEqual(['a']);
    expect(unchangedOf(plan([found('a')], []))).toEqual([]);
    expect(unchangedOf(plan([found('a', 0, 11)], [record('a')]))).toEqual([]);
    expect(unchangedOf(plan([found('a', 5)], [record('a')]))).toEqual([]);
    expect(unchangedOf(plan([found('a')], [record('a', { reading: 'older' })]))).toEqual([]);
  });

  it('does not trust the time of a file that was changed just before it was read', () => {
    const touchedMs = 899_500;
    expect(unchangedOf(plan([found('a', touchedMs)], [record('a', { touchedMs })]))).toEqual([]);
  });

  it('tries again what failed for a reason that may have passed, and nothing else', () => {
    expect(unchangedOf(plan([found('a')], [record('a')], { failures: { a: 'DAMAGED_FILE' } }))).toEqual([
      'a',
    ]);
    expect(unchangedOf(plan([found('a')], [record('a')], { failures: { a: 'READ_FAILED' } }))).toEqual([]);
  });

  it('takes for gone what is not there, but for what may lie behind a folder that can not be read', () => {
    const known = [record('a'), record('shut/b'), record('c')];
    const { gone } = plan([found('a')], known, { unread: ['/corpus/shut'] });
    expect(gone.map(({ path }) => path)).toEqual(['c']);
  });

  it('takes nothing for gone that is there under another prefix', () => {
    expect(plan([{ ...found('a'), name: 'x/a' }], [record('a')]).gone).toEqual([]);
  });

  it('leaves what is being written for later, and does not take it for gone', () => {
    const { files, gone, hasUnsettled } = plan([found('a', NOW - 100)], [record('a')], { settleMs: 2_000 });
    expect([files, gone, hasUnsettled]).toEqual([[], [], true]);
  });

  it('takes a file that is dated in the future, and what is gone beside it for gone', () => {
    const { files, gone, hasUnsettled } = plan([found('a', NOW + 86_400_000)], [record('b')], {
      settleMs: 2_000,
    });
    expect(files.map(({ name }) => name)).toEqual(['a']);
    expect(gone.map(({ path }) => path)).toEqual(['b']);
    expect(hasUnsettled).toBe(false);
  });
});
