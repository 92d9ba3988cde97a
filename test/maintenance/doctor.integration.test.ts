import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SIGNATURE_LENGTH } from '../../src/documents/shingles.js';
import { diagnose } from '../../src/maintenance/doctor.js';
import { Storage } from '../../src/storage/storage.js';
import { VectorIndex } from '../../src/vector-index/vector-index.js';

const TEXTS = ['The tram is late.', 'The harbour crane is broken.', 'A school opens in spring.'];

/** The folder of an index with three documents of two passages each, as a clean end of a process leaves it. */
async function indexFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'akin-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const storage = Storage.open(folder);
  const none = { url: null, source: null, author: null, publishedAt: null, tags: [], metadata: {} };
  for (const [number, sentence] of TEXTS.entries()) {
    const text = `${sentence}\n\n${sentence} Again.`;
    const { key } = storage.documents.put({
      id: `doc-${number}`,
      file: `doc-${number}.txt`,
      fields: { ...none, title: sentence, language: 'en' },
      text,
      hash: `hash-${number}`,
      passages: [
        { start: 0, end: sentence.length, page: null, heading: null, vector: Float32Array.of(1, 0, 0) },
        {
          start: sentence.length + 2,
          end: text.length,
          page: null,
          heading: null,
          vector: Float32Array.of(0, 0.6, 0.8),
        },
      ],
    });
    storage.versions.add(key, new Uint32Array(SIGNATURE_LENGTH).fill(number), []);
    storage.files.record(
      { path: `doc-${number}.txt`, hash: 'x', reading: null, place: null, readMs: null },
      [],
    );
  }
  storage.recordFingerprint(JSON.stringify({ model: 'm', dimensions: 3 }));
  const index = await VectorIndex.open(folder, storage.vectors, 3);
  await index.close();
  storage.close();
  return folder;
}

function change(folder: string, ...statements: string[]): void {
  const database = new SqliteDatabase(join(folder, 'akin.db'));
  database.unsafeMode().pragma('foreign_keys = OFF');
  for (const sql of statements) database.exec(sql);
  database.close();
}

/** The vector index has the vectors that are stored, and no other. */
async function expectOneIndex(folder: string, storage: Storage): Promise<void> {
  const index = await VectorIndex.open(folder, storage.vectors, 3);
  expect(index.size).toBe(storage.vectors.count());
  await index.close();
}

const checksOf = (findings: { check: string }[]): string[] => findings.map(({ check }) => check);
const snapshotOf = (folder: string): string =>
  join(folder, readdirSync(folder).find((name) => name.endsWith('.hnsw')) ?? '');
const contentOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [
        join(parentPath, name),
        readFileSync(join(parentPath, name)).toString('latin1'),
      ]),
  );

describe('doctor', () => {
  it('finds nothing wrong with an index that was left in order, and changes nothing', async () => {
    const folder = await indexFolder();
    const before = contentOf(folder);
    expect(await diagnose(folder)).toMatchObject({ sound: true, findings: [], repaired: [], notes: [] });
    expect(await diagnose(folder, { repair: true })).toMatchObject({ sound: true, repaired: [] });
    expect(contentOf(folder)).toEqual(before);
  });

  it('says where there is no index, and makes none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'akin-doctor-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await expect(diagnose(folder)).rejects.toMatchObject({ code: 'INDEX_NOT_FOUND' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says who holds an index that is open', async () => {
    const folder = await indexFolder();
    const storage = Storage.open(folder);
    storage.announce('http://127.0.0.1:4711');
    await expect(diagnose(folder)).rejects.toMatchObject({
      code: 'INDEX_LOCKED',
      message: expect.stringContaining('http://127.0.0.1:4711'),
    });
    storage.close();
  });

  it.each<[string, (folder: string) => void]>([
    ['passages-without-documents', (folder) => change(folder, 'DELETE FROM documents WHERE key = 2')],
    ['vectors-without-passages', (folder) => change(folder, 'DELETE FROM passages WHERE id = 4')],
    [
      'document-vectors-without-documents',
      (folder) => change(folder, "INSERT INTO document_vectors VALUES (99, x'00')"),
    ],
    [
      'term-counts-without-documents',
      (folder) => change(folder, "INSERT INTO term_counts VALUES (99, 1, x'02')"),
    ],
    [
      'document-terms-without-documents',
      (folder) =>
        change(
          folder,
          "INSERT INTO document_terms (rowid, title, text, stemming) VALUES (99, 'a', 'b', 'c')",
        ),
    ],
    [
      'signatures-without-documents',
      (folder) => change(folder, 'INSERT INTO signatures VALUES (99, zeroblob(256))'),
    ],
    ['words-without-terms', (folder) => change(folder, "INSERT INTO words VALUES ('ghost', 9999, 0)")],
    [
      'job-errors-without-jobs',
      (folder) => change(folder, "INSERT INTO job_errors VALUES ('gone', '', 'X', 'y')"),
    ],
    [
      'file-failures-without-files',
      (folder) => change(folder, "INSERT INTO file_failures VALUES ('gone', '', 'X', 'y')"),
    ],
    ['lone-versions', (folder) => change(folder, 'UPDATE documents SET version_group = 2 WHERE key = 2')],
    ['signatures', (folder) => change(folder, "UPDATE signatures SET signature = x'00' WHERE document = 1")],
    ['document-fields', (folder) => change(folder, "UPDATE documents SET metadata = '{' WHERE key = 1")],
    [
      'jobs',
      (folder) =>
        change(
          folder,
          "INSERT INTO jobs (id, type, status, input, counts, created_at) VALUES ('j', 'sync', 'asleep', '{}', '{}', '')",
        ),
    ],
    ['document-means', (folder) => change(folder, 'DELETE FROM document_vectors WHERE document = 3')],
    ['document-words', (folder) => change(folder, 'DELETE FROM term_counts WHERE document = 3')],
    ['document-words', (folder) => change(folder, 'DELETE FROM document_terms WHERE rowid = 2')],
    [
      'document-words',
      (folder) => change(folder, 'DELETE FROM words', "DELETE FROM terms WHERE term = 'crane'"),
    ],
    [
      'phrases',
      (folder) => change(folder, 'UPDATE document_terms_data SET block = zeroblob(40) WHERE id > 1000'),
    ],
    [
      'table-indices',
      (folder) =>
        change(
          folder,
          'PRAGMA writable_schema = ON',
          "UPDATE sqlite_schema SET sql = 'CREATE INDEX documents_language ON documents (title)' WHERE name = 'documents_language'",
        ),
    ],
    ['snapshot', (folder) => rmSync(snapshotOf(folder))],
    ['snapshot', (folder) => writeFileSync(snapshotOf(folder), 'foreign')],
    ['leftovers', (folder) => writeFileSync(join(folder, 'vectors-9-0.hnsw.tmp'), 'half')],
    [
      'leftovers',
      (folder) => {
        mkdirSync(join(folder, 'spool', 'incoming'), { recursive: true });
        writeFileSync(join(folder, 'spool', 'incoming', 'upload'), 'half');
      },
    ],
    [
      'job-uploads',
      (folder) =>
        change(
          folder,
          "INSERT INTO jobs (id, type, status, input, counts, created_at) VALUES ('j', 'import', 'queued', '{}', '{}', '')",
        ),
    ],
  ])('finds and mends %s', async (check, damage) => {
    const folder = await indexFolder();
    damage(folder);
    const found = await diagnose(folder);
    expect(checksOf(found.findings)).toContain(check);
    expect(found.sound).toBe(false);
    const mended = await diagnose(folder, { repair: true });
    expect(checksOf(mended.repaired)).toContain(check);
    expect(mended).toMatchObject({ sound: true, findings: [] });
    const storage = Storage.open(folder);
    expect(storage.documents.get('doc-0')?.text).toBe(`${TEXTS[0]}\n\n${TEXTS[0]} Again.`);
    expect(storage.phrases.documentsWith(['is late'], [])).toEqual([1]);
    await expectOneIndex(folder, storage);
    storage.close();
  });

  it.each([
    ['passage-vectors', 'UPDATE vectors SET vector = zeroblob(12) WHERE passage = 3'],
    ['passage-vectors', "UPDATE vectors SET vector = x'0000803f' WHERE passage = 3"],
    ['passage-vectors', "UPDATE vectors SET vector = x'0000c07f00000000000000ff' WHERE passage = 3"],
    ['passage-vectors', 'DELETE FROM vectors WHERE passage = 3'],
    ['passage-places', 'UPDATE passages SET start = start + 1 WHERE id = 4'],
    ['passage-places', 'DELETE FROM vectors WHERE passage = 3; DELETE FROM passages WHERE id = 3'],
  ])('finds %s and lets the next ingest read the document again', async (check, damage) => {
    const folder = await indexFolder();
    change(folder, damage);
    const mended = await diagnose(folder, { repair: true });
    expect(mended.sound).toBe(false);
    expect(mended.findings.find((finding) => finding.check === check)?.advice).toContain('akin ingest');
    const storage = Storage.open(folder);
    expect(storage.documents.present(['doc-1']).get('doc-1')?.hash).toBe('');
    expect(storage.files.get('doc-1.txt')).toBeNull();
    expect(storage.documents.present(['doc-0']).get('doc-0')?.hash).toBe('hash-0');
    await expectOneIndex(folder, storage);
    storage.close();
  });

  it.each([
    ['an empty header', (bytes: Buffer) => bytes.fill(0, 0, 100)],
    ['a page in the middle', (bytes: Buffer) => bytes.fill(0xa5, 8192 * 4, 8192 * 6)],
    ['no end', (bytes: Buffer) => bytes.subarray(0, 8192 * 3 + 100)],
  ])('says that a database with %s is damaged, and leaves it as it is', async (_what, damage) => {
    const folder = await indexFolder();
    const path = join(folder, 'akin.db');
    writeFileSync(path, damage(readFileSync(path)));
    const before = readFileSync(path);
    const { sound, findings, repaired } = await diagnose(folder, { repair: true });
    expect({ sound, repaired }).toEqual({ sound: false, repaired: [] });
    expect(findings.find(({ check }) => check === 'pages')?.advice).toContain('akin restore');
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});
