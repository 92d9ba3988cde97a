import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KeywordMatch } from '../../src/keyword-index/best-documents.js';
import { KeywordIndex, type KeywordMatches } from '../../src/keyword-index/keyword-index.js';
import { Storage } from '../../src/storage/storage.js';
import { randomNumbers } from '../support/clustered.js';

interface Text {
  id: string;
  title?: string | null;
  text: string;
  language?: string | null;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'akin-words-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function openIndex(folder: string): Promise<{ storage: Storage; index: KeywordIndex }> {
  const storage = Storage.open(folder);
  return { storage, index: await KeywordIndex.open(storage.termCounts) };
}

function put({ storage, index }: Opened, { id, title = null, text, language = null }: Text): void {
  const fields = {
    title,
    language,
    url: null,
    source: null,
    author: null,
    publishedAt: null,
    tags: [],
    metadata: {},
  };
  const hash = JSON.stringify([title, text, language]);
  const passage = { start: 0, end: text.length, page: null, heading: null, vector: Float32Array.of(1) };
  index.apply([storage.documents.put({ id, file: null, fields, text, hash, passages: [passage] })]);
}

type Opened = Awaited<ReturnType<typeof openIndex>>;

function search({ storage, index }: Opened, words: string[], limit = 100): KeywordMatches {
  return index.search(
    words.map((word) => storage.terms.termsOf(word)),
    limit,
  );
}

const VOCABULARY = Array.from({ length: 300 }, (_, number) => `w${number.toString(36)}x`);

/** A text in which the words at the beginning of the vocabulary are frequent. */
function madeText(random: () => number): string {
  const length = 5 + Math.floor(random() * random() * 200);
  return Array.from({ length }, () => VOCABULARY[Math.floor(VOCABULARY.length * random() ** 2)]).join(' ');
}

describe('the keyword index', () => {
  it('ranks rare words as bm25() of FTS5 does, titles counting twice', async () => {
    const folder = temporaryFolder();
    const opened = await openIndex(folder);
    const random = randomNumbers(2);
    for (let number = 0; number < 400; number++) {
      put(opened, {
        id: String(number),
        text: madeText(random),
        title: number % 3 ? (VOCABULARY[number % 300] ?? null) : null,
      });
    }
    const queries = Array.from({ length: 40 }, () =>
      Array.from(
        { length: 1 + Math.floor(random() * 4) },
        () => VOCABULARY[200 + Math.floor(random() * 100)] ?? '',
      ),
    );
    const found = queries.map((words) => search(opened, words).matches);
    opened.storage.close();

    const database = new SqliteDatabase(join(folder, 'akin.db'));
    const byFts5 = database.prepare(
      `SELECT rowid AS document, -bm25(document_terms, 2, 1, 0) AS score FROM document_terms
       WHERE document_terms MATCH ? ORDER BY score DESC, rowid LIMIT 100`,
    );
    for (const [place, words] of queries.entries()) {
      const expected = byFts5.all(`{title text} : (${words.join(' OR ')})`) as KeywordMatch[];
      const scores = new Map(expected.map(({ document, score }) => [document, score]));
      expect(found[place]).toHaveLength(expected.length);
      for (const { document, score } of found[place] ?? [])
        expect(score).toBeCloseTo(scores.get(document) ?? 0, 9);
    }
    expect(found.flat().length).toBeGreaterThan(500);
    database.close();
  });

  it('finds what is written, changed and removed at once, and just the same when it is opened again', async () => {
    const texts = fc.array(fc.constantFrom('ferry', 'ferries', 'orchard', 'gare', 'gares', 'the'), {
      maxLength: 8,
    });
    const change = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      words: fc.option(texts, { nil: null }),
      language: fc.constantFrom(null, 'en', 'fr', 'pl'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 60 }), async (changes) => {
        const folder = mkdtempSync(join(tmpdir(), 'akin-words-'));
        const opened = await openIndex(folder);
        const present = new Map<string, Text>();
        for (const { id, words, language } of changes) {
          if (words === null) {
            const removed = opened.storage.documents.remove(id);
            opened.index.apply(removed ? [removed] : []);
            present.delete(id);
          } else {
            present.set(id, { id, text: words.join(' '), language });
            put(opened, { id, text: words.join(' '), language });
          }
        }
        const queries = [['ferry'], ['gare'], ['orchard', 'the'], ['ferries', 'gares', 'orchard'], ['w']];
        const answers = queries.map((words) => search(opened, words));
        const holding = [...present.values()].filter(({ text }) => text.includes('orchard'));
        expect(search(opened, ['orchard']).matches).toHaveLength(holding.length);
        await opened.index.close();
        opened.storage.close();
        const again = await openIndex(folder);
        expect(queries.map((words) => search(again, words))).toEqual(answers);
        again.storage.close();

        // Of the same documents, in the order of their keys, with no history.
        const afresh = await openIndex(join(folder, 'fresh'));
        for (const text of present.values()) put(afresh, text);
        const scoresOf = ({ matches }: KeywordMatches): number[] => matches.map(({ score }) => score);
        expect(queries.map((words) => scoresOf(search(afresh, words)))).toEqual(answers.map(scoresOf));
        afresh.storage.close();
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 8 },
    );
  });

  it('stays the same while segments are merged, and has no more of them than it needs', async () => {
    const opened = await openIndex(temporaryFolder());
    const random = randomNumbers(5);
    const words = VOCABULARY.slice(20, 26);
    opened.storage.transaction(() => {
      for (let number = 0; number < 600; number++)
        put(opened, { id: String(number), text: madeText(random) });
    });
    const before = search(opened, words);
    await opened.index.close();
    expect(search(opened, words)).toEqual(before);
    expect(search(await reopened(opened), words)).toEqual(before);
    opened.storage.close();
  });

  it('leaves nothing of documents that are gone in the database', async () => {
    const folder = temporaryFolder();
    const opened = await openIndex(folder);
    put(opened, { id: 'a', title: 'Secret', text: 'A secret ferry' });
    put(opened, { id: 'b', text: 'Another ferry' });
    put(opened, { id: 'a', text: 'Der Hafen', language: 'de' });
    expect(opened.storage.terms.hasAny(opened.storage.terms.termsOf('secret'))).toBe(false);
    expect(opened.storage.terms.hasAny(opened.storage.terms.termsOf('ferries'))).toBe(true);
    opened.storage.documents.remove('a');
    opened.storage.documents.remove('b');
    opened.storage.close();
    const database = new SqliteDatabase(join(folder, 'akin.db'));
    for (const table of ['terms', 'term_counts', 'words']) {
      expect(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    }
    database.close();
  });
});

async function reopened({ storage }: Opened): Promise<Opened> {
  return { storage, index: await KeywordIndex.open(storage.termCounts) };
}
