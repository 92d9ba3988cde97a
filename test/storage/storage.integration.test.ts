import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MIGRATIONS } from '../../src/storage/schema.js';
import { Storage } from '../../src/storage/storage.js';
import type { UpgradeProgress } from '../../src/storage/upgrade-documents.js';
import { matching, openStorage } from './open-storage.js';

describe('an index folder', () => {
  it.each([
    2, 3,
  ])('that an older Akin made (schema %i) is brought up to date: its words are stemmed in their languages', async (schema) => {
    const folder = mkdtempSync(join(tmpdir(), 'akin-storage-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const older = new SqliteDatabase(join(folder, 'akin.db'));
    for (const step of MIGRATIONS.slice(0, schema)) older.exec(step);
    older.pragma(`user_version = ${schema}`);
    const insert = {
      document: older.prepare(
        "INSERT INTO documents (key, id, hash, title, language, tags, metadata) VALUES (?, ?, '', 'Titel', 'de', '[]', '{}')",
      ),
      passage: older.prepare("INSERT INTO passages (document, start, text, gap) VALUES (?, ?, ?, ' ')"),
      vector: older.prepare('INSERT INTO vectors (passage, vector) VALUES (?, ?)'),
      terms: older.prepare("INSERT INTO document_terms (rowid, title, text) VALUES (?, '', ?)"),
    };
    const count = 50;
    for (let key = 1; key <= count; key++) {
      insert.document.run(key, `d${key}`);
      const first = insert.passage.run(key, 0, `Häuser ${key}`);
      insert.vector.run(first.lastInsertRowid, Buffer.from(Float32Array.of(0, 1).buffer));
      insert.passage.run(key, 10, 'am Hafen');
      insert.terms.run(key, 'old');
    }
    older.close();

    const progress: UpgradeProgress[] = [];
    const halfway = Storage.open(folder);
    const stop = new Error('the process ends');
    const interrupted = halfway.upgrade(({ done }) => {
      if (done > 20) throw stop;
    });
    await expect(interrupted).rejects.toBe(stop);
    halfway.close();

    const storage = Storage.open(folder);
    onTestFinished(() => storage.close());
    await storage.upgrade((step) => progress.push(step));
    expect(progress[0]?.done).toBeGreaterThan(20);
    expect(progress.at(-1)).toEqual({ done: count, total: count });
    expect(await matching(storage, storage.terms.termsOf('Haus'))).toHaveLength(count);
    expect(storage.phrases.documentsWith(['1 am hafen'], [])).toEqual([1]);
    expect(await matching(storage, storage.terms.termsOf('old'))).toEqual([]);
    expect(storage.vectors.held.means([1, count])).toEqual(
      new Map([1, count].map((key) => [key, Float32Array.of(0, 1)])),
    );
    await storage.upgrade(() => expect.unreachable('nothing is left to be done'));
  });

  it('is refused to a second process, which is told who holds it', async () => {
    const { storage, folder } = openStorage();
    storage.announce('http://127.0.0.1:4321');
    const module = new URL('../../dist/storage/storage.js', import.meta.url).href;
    const script = `import { Storage } from ${JSON.stringify(module)};
      try { Storage.open(process.argv[1]); } catch (error) { console.log(JSON.stringify([error.code, error.message])); }`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      script,
      folder,
    ]);
    const [code, message] = JSON.parse(stdout);
    expect(code).toBe('INDEX_LOCKED');
    expect(message).toContain(String(process.pid));
    expect(message).toContain('http://127.0.0.1:4321');
  });

  it('is refused where the database is something else, or newer', () => {
    const folder = mkdtempSync(join(tmpdir(), 'akin-storage-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'akin.db'), 'This is no database. '.repeat(1_000));
    expect(() => Storage.open(folder)).toThrow(expect.objectContaining({ code: 'INDEX_DAMAGED' }));
  });
});
