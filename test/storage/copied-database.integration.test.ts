import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { checkCopy, finishCopy } from '../../src/storage/copied-database.js';
import type { NewDocument } from '../../src/storage/document-store.js';
import { NO_COUNTS } from '../../src/storage/job-store.js';
import { Storage } from '../../src/storage/storage.js';

function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'akin-copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A document of twenty passages that all say the same. */
function documentOf(id: string, saying: string): NewDocument {
  const sentence = `${saying} `.repeat(20).trim();
  const text = Array.from({ length: 20 }, () => sentence).join('\n\n');
  const step = sentence.length + 2;
  return {
    id,
    file: null,
    hash: saying,
    fields: {
      title: null,
      url: null,
      source: null,
      author: null,
      publishedAt: null,
      language: 'en',
      tags: [],
      metadata: {},
    },
    text,
    passages: Array.from({ length: 20 }, (_, place) => ({
      start: place * step,
      end: place * step + sentence.length,
      page: null,
      heading: null,
      vector: Float32Array.from({ length: 384 }, (_value, at) => (at === place ? 1 : 0)),
    })),
  };
}

/** What each document of a copy says, which is the same all over. */
function sayings(path: string): Set<string> {
  const folder = folderForTest();
  const database = new SqliteDatabase(path);
  database.exec(`VACUUM INTO '${join(folder, 'akin.db')}'`);
  database.close();
  const storage = Storage.open(folder);
  const said = storage.documents.list({ limit: 1_000 }).map(({ id, key }) => {
    const texts = new Set(storage.documents.passages(key).map(({ text }) => text));
    expect(texts.size).toBe(1);
    expect(storage.phrases.documentsWith([id], [])).toContain(key);
    return `${id}: ${[...texts][0]?.split(' ').slice(0, 2).join(' ')}`;
  });
  storage.close();
  return new Set(said);
}

it('a copy has every document whole, as it is at its end, while they are written and the database is vacuumed', async () => {
  const storage = Storage.open(folderForTest());
  const before = Array.from({ length: 150 }, (_, number) => `doc-${number}`);
  for (const id of before) storage.documents.put(documentOf(id, `${id} early`));
  const path = join(folderForTest(), 'copy');
  let isCopied = false;
  const copying = storage.copyTo(path).then(() => {
    isCopied = true;
  });
  let rounds = 0;
  for (; !isCopied && rounds < 60; rounds++) {
    storage.documents.put(documentOf(`doc-${rounds}`, `doc-${rounds} later`));
    if (rounds === 2) storage.documents.remove('doc-149');
    if (rounds === 3) storage.compaction.vacuum();
    await new Promise((next) => setImmediate(next));
  }
  await copying;
  expect(rounds).toBeGreaterThan(4);
  finishCopy(path);
  checkCopy(path);
  const said = sayings(path);
  expect(said.size).toBe(149);
  expect(said).toContain('doc-0: doc-0 later');
  expect(said).toContain('doc-148: doc-148 early');
  storage.close();
});

it('a finished copy stands alone: no snapshot, no job that waits for its uploads, nothing beside it', async () => {
  const storage = Storage.open(folderForTest());
  storage.documents.put(documentOf('one', 'one says'));
  storage.vectors.recordSnapshot({
    file: 'vectors-1-0.hnsw',
    sha256: '',
    lastPassage: 1,
    lastRemoval: 0,
    labels: 1,
  });
  storage.jobs.add('upload', 'import', { path: 'spool/upload/import.ndjson' }, NO_COUNTS);
  storage.jobs.add('folder', 'sync', { paths: ['news'] }, NO_COUNTS);
  const folder = folderForTest();
  await storage.copyTo(join(folder, 'akin.db'));
  storage.close();
  finishCopy(join(folder, 'akin.db'));
  expect(readdirSync(folder)).toEqual(['akin.db']);
  const copy = Storage.open(folder);
  expect(copy.vectors.snapshot()).toBeNull();
  expect(copy.jobs.unfinished().map(({ id }) => id)).toEqual(['folder']);
  expect(copy.jobs.errors('upload')).toMatchObject([{ code: 'CANCELLED' }]);
  copy.close();
});
