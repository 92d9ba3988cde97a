import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AkinError } from '../../src/errors.js';
import { KeywordIndex } from '../../src/keyword-index/keyword-index.js';
import { diagnose } from '../../src/maintenance/doctor.js';
import { explainDamage } from '../../src/storage/damage.js';
import { Storage } from '../../src/storage/storage.js';
import { VectorIndex } from '../../src/vector-index/vector-index.js';

const PAGE = 8_192;
const DIMENSIONS = 16;
const DOCUMENTS = 120;
const SUBJECTS = ['harbour', 'orchard', 'railway', 'museum', 'glacier', 'bakery'];

const root = mkdtempSync(join(tmpdir(), 'akin-damage-'));
/** An index that was closed, and one whose process was killed: with a WAL. */
const [closed, killed] = [join(root, 'closed'), join(root, 'killed')];
afterAll(() => rmSync(root, { recursive: true }));

function vectorOf(number: number): Float32Array {
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, place) =>
    Math.sin((number + 1) * (place + 1.7)),
  );
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function put(storage: Storage, number: number): void {
  const sentence = `Report ${number}: the ${SUBJECTS[number % SUBJECTS.length]} gets place${number} before winter. `;
  const text = sentence.repeat(6).trim();
  storage.documents.put({
    id: `doc-${number}`,
    file: null,
    fields: {
      title: `Report ${number}`,
      url: null,
      source: null,
      author: null,
      publishedAt: null,
      language: 'en',
      tags: [],
      metadata: {},
    },
    text,
    hash: String(number),
    passages: [{ start: 0, end: text.length, page: null, heading: null, vector: vectorOf(number) }],
  });
}

/** What an index answers: to each document's own words, phrase and vector, with its text. */
async function answersOf(folder: string): Promise<Map<string, unknown>> {
  const storage = Storage.open(folder);
  try {
    await storage.upgrade();
    const keywords = await KeywordIndex.open(storage.termCounts);
    const index = await VectorIndex.open(folder, storage.vectors, DIMENSIONS);
    const rows = storage.documents.list({ limit: DOCUMENTS });
    expect(index.size).toBe(rows.length);
    const answers = new Map<string, unknown>();
    for (const { id, key } of rows) {
      const number = Number(id.slice(4));
      answers.set(id, {
        text: storage.documents.get(id)?.text,
        words: keywords
          .search([storage.terms.termsOf(`place${number}`)], 3)
          .matches.map((match) => match.document),
        phrase: storage.phrases.documentsWith([`place${number} before`], []),
        near: storage.vectors.documentsOf(index.search(vectorOf(number), 1).map((neighbour) => neighbour.id)),
        mean: storage.vectors.held.means([key]).get(key)?.join(),
      });
    }
    return answers;
  } finally {
    storage.close();
  }
}

/** Right answers, or a failure that says what to do. @param isWhole whether all documents must be there */
async function expectRightOrRefused(folder: string, isWhole: boolean): Promise<'right' | 'refused'> {
  let answers: Map<string, unknown>;
  try {
    answers = await answersOf(folder);
  } catch (thrown) {
    const error = explainDamage(thrown);
    if (!(error instanceof AkinError)) throw thrown;
    expect(['INDEX_DAMAGED', 'INDEX_TOO_NEW']).toContain(error.code);
    if (error.code === 'INDEX_DAMAGED') expect(error.message).toMatch(/akin doctor/);
    const { sound, findings } = await diagnose(folder);
    expect(sound).toBe(false);
    for (const { repair, advice } of findings) expect(repair ?? advice).not.toBeNull();
    return 'refused';
  }
  for (const [id, answer] of answers) expect(answer).toEqual(right.get(id));
  if (isWhole) expect(answers.size).toBe(right.size);
  return 'right';
}

let right: Map<string, unknown>;

beforeAll(async () => {
  const storage = Storage.open(closed);
  storage.recordFingerprint(JSON.stringify({ dimensions: DIMENSIONS }));
  for (let number = 0; number < DOCUMENTS; number++) put(storage, number);
  cpSync(closed, killed, { recursive: true });
  await (await VectorIndex.open(closed, storage.vectors, DIMENSIONS)).close();
  storage.close();
  right = await answersOf(closed);
  expect(right.size).toBe(DOCUMENTS);
});

function damaged(folder: string, name: string, change: (bytes: Buffer) => Buffer): string {
  const copy = join(root, 'damaged');
  rmSync(copy, { recursive: true, force: true });
  cpSync(folder, copy, { recursive: true });
  writeFileSync(join(copy, name), change(readFileSync(join(copy, name))));
  return copy;
}

describe('an index answers rightly or says what to do', () => {
  it.each([
    ['zeros', 0],
    ['rubbish', 0xa5],
  ])('whichever page of the database is %s', async (_what, value) => {
    const pages = readFileSync(join(closed, 'akin.db')).length / PAGE;
    expect(pages).toBeGreaterThan(20);
    const outcomes = new Set<string>();
    for (let page = 0; page < pages; page++) {
      const folder = damaged(closed, 'akin.db', (bytes) => bytes.fill(value, page * PAGE, (page + 1) * PAGE));
      outcomes.add(await expectRightOrRefused(folder, true));
    }
    expect(outcomes).toContain('refused');
  });

  it('whichever bit of the header of a page, or of the file, is flipped', async () => {
    const size = readFileSync(join(closed, 'akin.db')).length;
    const places = [
      ...Array.from({ length: 100 }, (_, place) => place),
      ...Array.from({ length: size / PAGE - 1 }, (_, page) => (page + 1) * PAGE),
    ];
    for (const place of places) {
      const folder = damaged(closed, 'akin.db', (bytes) => {
        bytes[place] = (bytes[place] ?? 0) ^ (1 << (place % 8));
        return bytes;
      });
      await expectRightOrRefused(folder, true);
    }
  });

  it('wherever the database ends too early', async () => {
    const size = readFileSync(join(closed, 'akin.db')).length;
    for (const length of [
      1,
      50,
      100,
      512,
      PAGE - 1,
      PAGE,
      PAGE * 2,
      PAGE * 7 + 13,
      size >> 1,
      size - PAGE,
      size - 1,
    ]) {
      const folder = damaged(closed, 'akin.db', (bytes) => bytes.subarray(0, length));
      expect(await expectRightOrRefused(folder, true), `${length} bytes`).toBe('refused');
    }
  });

  it('whatever stands in place of the snapshot, which is never read by hnswlib then', async () => {
    const name = readdirSync(closed).find((file) => file.endsWith('.hnsw')) ?? '';
    const size = readFileSync(join(closed, name)).length;
    const changes: ((bytes: Buffer) => Buffer)[] = [
      ...[0, 8, 40, 88, size >> 2, size >> 1, size - 1].map((place) => (bytes: Buffer) => {
        bytes[place] = (bytes[place] ?? 0) ^ 0x40;
        return bytes;
      }),
      ...[0, 1, 96, size >> 1, size - 1].map((length) => (bytes: Buffer) => bytes.subarray(0, length)),
      () => readFileSync(join(closed, 'akin.db')),
    ];
    for (const change of changes)
      expect(await expectRightOrRefused(damaged(closed, name, change), true)).toBe('right');
  });

  it('whatever of the write-ahead log is cut off or changed: what is left is whole documents', async () => {
    const size = readFileSync(join(killed, 'akin.db-wal')).length;
    expect(size).toBeGreaterThan(PAGE * 20);
    const cuts = Array.from({ length: 12 }, (_, part) => Math.floor((size * part) / 12) + part * 7);
    for (const cut of cuts) {
      await expectRightOrRefused(
        damaged(killed, 'akin.db-wal', (bytes) => bytes.subarray(0, cut)),
        false,
      );
      const flipped = damaged(killed, 'akin.db-wal', (bytes) => {
        bytes[cut] = (bytes[cut] ?? 0) ^ 1;
        return bytes;
      });
      await expectRightOrRefused(flipped, false);
    }
    expect(
      await expectRightOrRefused(
        damaged(killed, 'akin.db-wal', (bytes) => bytes),
        true,
      ),
    ).toBe('right');
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['of something else', Buffer.from('%PDF-1.7 '.repeat(4_000))],
  ])('where the database is %s', async (_what, content) => {
    const folder = damaged(closed, 'akin.db', () => content);
    expect(await expectRightOrRefused(folder, true)).toBe('refused');
  });

  it('where the database is gone, and what is left tells that there was one', async () => {
    const folder = damaged(closed, 'akin.db', (bytes) => bytes);
    rmSync(join(folder, 'akin.db'));
    await expect(answersOf(folder)).rejects.toMatchObject({ code: 'INDEX_DAMAGED' });
  });

  it('where the database is another index with its own snapshot missing', async () => {
    const folder = damaged(closed, 'akin.db', (bytes) => bytes);
    const other = join(root, 'other');
    const storage = Storage.open(other);
    put(storage, 7);
    storage.close();
    copyFileSync(join(other, 'akin.db'), join(folder, 'akin.db'));
    expect([...(await answersOf(folder)).keys()]).toEqual(['doc-7']);
  });
});
