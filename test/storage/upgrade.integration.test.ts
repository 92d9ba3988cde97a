import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wordsOf } from '../../src/documents/words.js';
import { KeywordIndex } from '../../src/keyword-index/keyword-index.js';
import { diagnose } from '../../src/maintenance/doctor.js';
import { MIGRATIONS } from '../../src/storage/schema.js';
import { Storage } from '../../src/storage/storage.js';
import { VectorIndex } from '../../src/vector-index/vector-index.js';
import { BEGINNINGS, DIMENSIONS, PHRASES, QUERIES, vectorOf, writeTo } from './older-index.js';

const FIXTURES = fileURLToPath(new URL('../fixtures/indexes/', import.meta.url));

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'akin-upgrade-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** An index as the code of its schema wrote it (scripts/make-index-fixture.ts). */
function olderIndex(schema: string): string {
  const folder = emptyFolder();
  for (const name of readdirSync(join(FIXTURES, schema)))
    writeFileSync(
      join(folder, name.replace(/\.gz$/, '')),
      gunzipSync(readFileSync(join(FIXTURES, schema, name))),
    );
  return folder;
}

function newIndex(): string {
  const folder = emptyFolder();
  const storage = Storage.open(folder);
  storage.recordFingerprint(JSON.stringify({ model: 'fixture', dimensions: DIMENSIONS }));
  writeTo(storage);
  storage.close();
  return folder;
}

/** All that an index tells, and all that it answers. */
async function toldBy(folder: string) {
  const storage = Storage.open(folder);
  await storage.upgrade();
  const keywords = await KeywordIndex.open(storage.termCounts);
  const index = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
  const rows = storage.documents.list({ limit: 100 });
  const keys = rows.map(({ key }) => key);
  const told = {
    documents: rows.map(({ id }) => storage.documents.get(id)),
    passages: keys.map((key) => storage.documents.passages(key)),
    fingerprint: storage.fingerprint(),
    jobs: storage.jobs.list(10).map(({ createdAt: _created, finishedAt: _finished, ...job }) => job),
    found: QUERIES.map((query) => {
      const words = wordsOf(query).map(({ start, end }) => storage.terms.termsOf(query.slice(start, end)));
      return keywords.search(words, 10);
    }),
    phrases: PHRASES.map((phrase) => storage.phrases.documentsWith([phrase], [])),
    begun: BEGINNINGS.map((beginning) => storage.terms.wordsFrom(beginning, 10)),
    near: [0, 10, 32, 70, 71].map((number) => index.search(vectorOf(number), 5)),
    means: storage.vectors.held.means(keys),
  };
  await index.close();
  storage.close();
  return told;
}

/** Those with a saved index, the present one too as soon as it has one. */
const SCHEMAS = readdirSync(FIXTURES).sort();
const isOlder = (schema: string): boolean => Number(schema.slice(-1)) < MIGRATIONS.length;

describe.each(SCHEMAS)('an index of %s', (schema) => {
  it('is what it says: of that schema', () => {
    const database = new SqliteDatabase(join(olderIndex(schema), 'akin.db'), { readonly: true });
    expect(database.pragma('user_version', { simple: true })).toBe(Number(schema.slice(-1)));
    database.close();
  });

  it('tells and finds, when it is opened, what an index does that is made today', async () => {
    const folder = olderIndex(schema);
    const told = await toldBy(folder);
    expect(told).toEqual(await toldBy(newIndex()));
    for (const { matches } of told.found) expect(matches).not.toEqual([]);
    for (const phrase of told.phrases) expect(phrase).not.toEqual([]);
    expect(await diagnose(folder)).toMatchObject({ sound: true, notes: [] });
    expect(await toldBy(folder)).toEqual(await toldBy(newIndex()));
  });
});

it.each(
  SCHEMAS.filter(isOlder),
)('an index of %s is looked at by doctor without being changed', async (schema) => {
  const folder = olderIndex(schema);
  const before = readFileSync(join(folder, 'akin.db'));
  const { sound, notes } = await diagnose(folder, { repair: true });
  expect({ sound, notes }).toEqual({ sound: true, notes: [expect.stringContaining('older Akin')] });
  expect(readFileSync(join(folder, 'akin.db')).equals(before)).toBe(true);
});

it('there is a saved index of each schema before the present one', () => {
  expect(SCHEMAS.filter(isOlder)).toEqual(
    Array.from({ length: MIGRATIONS.length - 1 }, (_, index) => `schema-${index + 1}`),
  );
});

it.each(SCHEMAS.slice(1))('an index of %s keeps which documents are versions', async (schema) => {
  const versions = async (folder: string): Promise<number[]> => {
    const storage = Storage.open(folder);
    await storage.upgrade();
    const group = storage.versions.groupOf(storage.documents.keyOf('doc-0') ?? 0);
    storage.close();
    return group;
  };
  const group = await versions(olderIndex(schema));
  expect(group).toHaveLength(2);
  expect(group).toEqual(await versions(newIndex()));
});
