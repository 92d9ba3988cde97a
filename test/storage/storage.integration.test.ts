import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SIGNATURE_LENGTH } from '../../src/documents/shingles.js';
import { wordsOf } from '../../src/documents/words.js';
import { type Filter, parseFilter } from '../../src/filter.js';
import type { KeywordMatch } from '../../src/keyword-index/best-documents.js';
import { KeywordIndex } from '../../src/keyword-index/keyword-index.js';
import { parseQuery } from '../../src/search/query-syntax.js';
import { queryWords } from '../../src/search/query-words.js';
import { soughtWords } from '../../src/search/sought-words.js';
import type { NewDocument } from '../../src/storage/document-store.js';
import type { SoughtTerm } from '../../src/storage/match-terms.js';
import { MIGRATIONS } from '../../src/storage/schema.js';
import { Storage } from '../../src/storage/storage.js';
import type { UpgradeProgress } from '../../src/storage/upgrade-documents.js';

function openStorage(): { storage: Storage; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'akin-storage-'));
  const storage = Storage.open(folder);
  onTestFinished(() => {
    storage.close();
    rmSync(folder, { recursive: true });
  });
  return { storage, folder };
}

/** What of all stored documents is found by words, as an index that is opened on them finds it. */
async function matching(storage: Storage, ...words: SoughtTerm[][]): Promise<KeywordMatch[]> {
  const index = await KeywordIndex.open(storage.termCounts);
  return index.search(words, 100).matches;
}

type Fields = Partial<NewDocument['fields']>;

function newDocument(
  id: string,
  paragraphs: string[],
  fields: Fields = {},
  hash = paragraphs.join('|'),
): NewDocument {
  const text = paragraphs.join('\n\n');
  let start = 0;
  const passages = paragraphs.map((paragraph) => {
    const passage = {
      start,
      end: start + paragraph.length,
      page: null,
      heading: null,
      vector: Float32Array.of(1, 0),
    };
    start = passage.end + 2;
    return passage;
  });
  const none = {
    title: null,
    url: null,
    source: null,
    author: null,
    publishedAt: null,
    language: null,
    tags: [],
    metadata: {},
  };
  return {
    id,
    file: null,
    hash: hash + JSON.stringify(fields),
    fields: { ...none, ...fields },
    text,
    passages,
  };
}

describe('documents', () => {
  it('come back as they were put, whatever their text', () => {
    const { storage } = openStorage();
    const paragraph = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => /^\S[^\n]*$/.test(text) && !/[\s\0]$/.test(text) && !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(paragraph, { minLength: 1, maxLength: 5 }), (paragraphs) => {
        const document = newDocument('d', paragraphs, { title: 'T' });
        storage.documents.put(document);
        const stored = storage.documents.get('d');
        expect(stored?.text).toBe(document.text);
        for (const { text, start, end } of storage.documents.passages(stored?.key ?? 0)) {
          expect(stored?.text.slice(start, end)).toBe(text);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('come with all their versions, those that have any', () => {
    const { storage } = openStorage();
    const put = (id: string): number => storage.documents.put(newDocument(id, [id])).key;
    const [alone, first, second, third, other, copy] = ['alone', '1', '2', '3', 'other', 'copy'].map(put);
    if (!alone || !first || !second || !third || !other || !copy) throw new Error('not all were written');
    const signature = new Uint32Array(SIGNATURE_LENGTH);
    for (const [key, versions] of [
      [first, []],
      [second, [first]],
      [third, [second]],
      [other, []],
      [copy, [other]],
      [alone, []],
    ] as [number, number[]][])
      storage.versions.add(key, signature, versions);
    const { versions } = storage;
    expect(versions.groupsOf([alone, second, first, copy, 4711])).toEqual(
      new Map([first, second, copy].map((key) => [key, versions.groupOf(key)])),
    );
    expect(versions.groupsOf([second]).get(second)).toEqual([third, second, first]);
  });

  it('give the vectors of several in the order of their passages', () => {
    const { storage } = openStorage();
    const written = ['one', 'two', 'three'].map((id) => {
      const document = newDocument(id, [`${id} begins`, `${id} goes on`, `${id} ends`]);
      const passages = document.passages.map((passage, place) => ({
        ...passage,
        vector: Float32Array.of(id.length / 8, place / 8, Math.fround(0.1)),
      }));
      return storage.documents.put({ ...document, passages });
    });
    const keys = written.map(({ key }) => key);
    expect(storage.vectors.ofDocuments([...keys].reverse())).toEqual(
      written.flatMap(({ key, added }) => added.map((passage) => ({ ...passage, document: key }))),
    );
    const shown = storage.documents.passagesById(written.flatMap(({ added }) => added.at(-1)?.id ?? []));
    expect([...shown.values()].map(({ text }) => text)).toEqual(['one ends', 'two ends', 'three ends']);
    for (const passage of shown.values()) expect(passage.end - passage.start).toBe(passage.text.length);
  });

  it('have the mean of their vectors, which follows them and goes with them', () => {
    const { storage } = openStorage();
    const put = (hash: string, vectors: [number, number][]): number => {
      const document = newDocument('d', vectors.map(String), {}, hash);
      const passages = document.passages.map((passage, place) => ({
        ...passage,
        vector: Float32Array.of(...(vectors[place] ?? [])),
      }));
      return storage.documents.put({ ...document, passages }).key;
    };
    const key = put('first', [
      [1, 0],
      [0, 1],
    ]);
    const [x = 0, y = 0] = storage.vectors.held.means([key]).get(key) ?? [];
    expect([x, y].map((value) => value.toFixed(6))).toEqual(['0.707107', '0.707107']);
    put('second', [[0, 1]]);
    expect(storage.vectors.held.means([key]).get(key)).toEqual(Float32Array.of(0, 1));
    put('third', []);
    expect(storage.vectors.held.means([key]).size).toBe(0);
    put('fourth', [[1, 0]]);
    storage.documents.remove('d');
    expect(storage.vectors.held.means([key]).size).toBe(0);
  });

  it('are known in memory as they are stored, also where a write is undone', () => {
    const { storage } = openStorage();
    const known = (key: number, ids: number[]): unknown => ({
      vectors: Array.from(storage.vectors.held.of([key]).get(key)?.ids ?? []),
      documents: storage.vectors.documentsOf(ids),
    });
    const { key, added } = storage.documents.put(newDocument('d', ['alpha', 'beta'], {}, 'first'));
    const ids = added.map(({ id }) => id);
    const first = { vectors: ids, documents: ids.map(() => key) };
    expect(known(key, ids)).toEqual(first);

    const undone = new Error('undone');
    const write = (): void =>
      storage.transaction(() => {
        storage.documents.put(newDocument('d', ['gamma'], {}, 'second'));
        throw undone;
      });
    expect(write).toThrow(undone);
    expect(known(key, ids)).toEqual(first);

    const second = storage.documents.put(newDocument('d', ['gamma'], {}, 'second'));
    const [id = 0] = second.added.map((passage) => passage.id);
    expect(known(key, [...ids, id])).toEqual({ vectors: [id], documents: [0, 0, key] });
    storage.documents.remove('d');
    expect(known(key, [...ids, id])).toEqual({ vectors: [], documents: [0, 0, 0] });
  });

  it('are replaced whole: new passages get new ids, old ones are gone from text and words', async () => {
    const { storage } = openStorage();
    const first = storage.documents.put(newDocument('d', ['alpha', 'beta']));
    expect(storage.documents.put(newDocument('d', ['alpha', 'beta'])).status).toBe('unchanged');
    const second = storage.documents.put(newDocument('d', ['gamma']));
    expect(second).toMatchObject({ status: 'updated', removed: first.added.map(({ id }) => id) });
    expect(Math.min(...second.added.map(({ id }) => id))).toBeGreaterThan(Math.max(...second.removed));
    expect(await matching(storage, storage.terms.termsOf('alpha'))).toEqual([]);
    expect(await matching(storage, storage.terms.termsOf('gamma'))).toHaveLength(1);
    expect(storage.vectors.count()).toBe(1);
    storage.documents.remove('d');
    expect(storage.documents.counts()).toEqual({ documents: 0, passages: 0 });
    expect(await matching(storage, storage.terms.termsOf('gamma'))).toEqual([]);
    expect(storage.vectors.removalsAfter(0)).toHaveLength(3);
  });

  it('are written with what else is in a transaction, or not at all', () => {
    const { storage } = openStorage();
    expect(() =>
      storage.transaction(() => {
        storage.documents.put(newDocument('d', ['alpha']));
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(storage.documents.get('d')).toBeNull();
  });
});

/** Texts of a few sentences by language, in which scripts without spaces and languages without a stemmer stand too. */
const TEXTS: Record<string, string> = {
  en: 'The planning committee approved the tidal barrage. Fishermen protested loudly against its turbines.',
  de: 'Der Stadtrat beschloss gestern die Schließung zweier Häuser am Hafen. Viele Bürger waren dagegen.',
  fr: 'Les conseillères municipales ont approuvé les nouvelles écoles générales près des forêts.',
  es: 'La administración anunció ayer las próximas elecciones. Los pescadores protestaron en Málaga.',
  ru: 'Жители города обсуждали закрытие старого моста, ёлки и майские праздники.',
  pl: 'Żółte tramwaje wróciły na ulice miasta po długim remoncie.',
  tr: 'İstanbul Boğazı’nda vapurlar bugün çalışmıyor, yolcular köprüleri kullanıyor.',
  ar: 'أعلنت المدينة عن إغلاق الجسر القديم أمام السيارات.',
  hi: 'शहर ने पुराने पुल को बंद करने की घोषणा की।',
  zh: '北京大学的学生在图书馆看书，城市关闭了旧桥。',
  ja: '東京都は古い橋の閉鎖を発表し、渡し船が走る。',
  th: 'เมืองประกาศปิดสะพานเก่าเพื่อซ่อมแซม',
  ko: '서울시는 오래된 다리를 폐쇄한다고 발표했다.',
};

function openWithTexts(): Storage {
  const { storage } = openStorage();
  for (const [language, text] of Object.entries(TEXTS)) {
    storage.documents.put(newDocument(language, [text], { language, title: `${language} 2026` }));
  }
  return storage;
}

describe('words', () => {
  const idsOf = (storage: Storage, keys: number[]): string[] =>
    [...storage.documents.rows(keys).values()].map(({ id }) => id);
  const searched = async (storage: Storage, query: string, prefix?: boolean): Promise<string[]> => {
    const { text, unfinished } = parseQuery(query);
    const words = await soughtWords(queryWords(text), storage.terms, { unfinished, prefix });
    const found = await matching(storage, ...words.map(({ terms }) => terms));
    return found.flatMap(({ document }) => idsOf(storage, [document]));
  };

  it.each(
    Object.entries(TEXTS),
  )('of a text in %s find it, each alone and any in a row', async (language, text) => {
    const storage = openWithTexts();
    const words = wordsOf(text);
    await fc.assert(
      fc.asyncProperty(fc.nat(words.length - 1), fc.nat(5), async (first, more) => {
        const { start = 0, end = 0 } = words[first] ?? {};
        expect(await searched(storage, text.slice(start, end))).toContain(language);
        const phrase = text.slice(start, words[first + more]?.end ?? text.length);
        expect(idsOf(storage, storage.phrases.documentsWith([phrase], []))).toContain(language);
        expect(idsOf(storage, storage.phrases.documentsWith([], [phrase]))).not.toContain(language);
      }),
    );
  });

  it.each([
    ['Haus', 'de'],
    ['hauser', 'de'],
    ['école', 'fr'],
    ['elección', 'es'],
    ['administracion', 'es'],
    ['мосты', 'ru'],
    ['turbine', 'en'],
    ['zółty tramwaje', 'pl'],
    ['ISTANBUL', 'tr'],
    ['図書館', undefined],
    ['大学', 'zh'],
    ['橋', 'ja'],
  ])('are found in another form: %s', async (query, language) => {
    const [first] = await searched(openWithTexts(), query);
    expect(first).toBe(language);
  });

  it('count once and are as rare as in all languages together, whichever form a document has', async () => {
    const { storage } = openStorage();
    for (let number = 0; number < 20; number++)
      storage.documents.put(newDocument(`x${number}`, ['rain', 'fog']));
    const alike = ['management of ships', 'managing of ships', 'manager of ships'];
    for (const [index, text] of alike.entries()) storage.documents.put(newDocument(`en${index}`, [text]));
    storage.documents.put(newDocument('pl', ['management of ships'], { language: 'pl' }));
    storage.documents.put(newDocument('both', ['management manag ships'], { language: 'pl' }));
    const terms = storage.terms.termsOf('management');
    const [first, ...others] = await matching(storage, terms);
    expect(terms).toEqual([
      { term: 'manag', stemming: 'english' },
      { term: 'management', stemming: 'none' },
    ]);
    expect(others).toHaveLength(4);
    for (const { score } of others) expect(score).toBeCloseTo(first?.score ?? 0, 10);
  });

  it('count in their own language alone', async () => {
    const { storage } = openStorage();
    // In German `owner` would be a form of `own`.
    storage.documents.put(newDocument('own', ['Their own boats'], { language: 'en' }));
    storage.documents.put(newDocument('owner', ['The owner of the boats'], { language: 'en' }));
    storage.documents.put(newDocument('de', ['Ein Boot am Ufer'], { language: 'de' }));
    expect(await searched(storage, 'owner')).toEqual(['owner']);
    expect(idsOf(storage, storage.phrases.documentsWith([], ['owner']))).toEqual(['own', 'de']);
  });

  it('of a document that is gone are nowhere, those of others stay', () => {
    const { storage } = openStorage();
    storage.documents.put(newDocument('a', ['Secret turbines hum'], { title: 'Secret' }));
    storage.documents.put(newDocument('b', ['The turbines hum']));
    storage.documents.put(newDocument('a', ['Turbines rest'], { language: 'de' }));
    expect(storage.terms.wordsFrom('s', 9)).toEqual([]);
    expect(storage.terms.wordsFrom('turb', 9).map(({ word }) => word)).toEqual(['turbines', 'turbines']);
    storage.documents.remove('a');
    storage.documents.remove('b');
    expect(storage.terms.wordsFrom('', 9)).toEqual([]);
  });

  it('that are just begun find what begins with them, where that is asked for or nothing else is found', async () => {
    const { storage } = openStorage();
    storage.documents.put(newDocument('running', ['They were running late.']));
    storage.documents.put(newDocument('carpet', ['A red carpet.']));
    storage.documents.put(newDocument('car', ['A red car.']));
    expect(await searched(storage, 'runnin')).toEqual(['running']);
    expect(await searched(storage, 'runnin', false)).toEqual([]);
    expect(await searched(storage, 'runnin ')).toEqual([]);
    expect(await searched(storage, 'runnin late')).toEqual(['running']);
    expect(await searched(storage, 'car')).toEqual(['car']);
    expect((await searched(storage, 'car', true)).sort()).toEqual(['car', 'carpet']);
  });

  it('with a common beginning are tried in bounded number, the most frequent first', async () => {
    const { storage } = openStorage();
    for (let number = 100; number < 300; number++) {
      storage.documents.put(newDocument(`x${number}`, [`word${number} ${number % 2 ? 'wordless' : ''}`]));
    }
    const [word] = await soughtWords(queryWords('wor'), storage.terms, { unfinished: 'wor', prefix: true });
    expect(word?.terms.length).toBeLessThanOrEqual(20);
    expect(word?.terms.map(({ term }) => term)).toContain('wordless');
  });
});

describe('filters', () => {
  const values = { source: ['A', 'B', null], language: ['en', 'de', null], tags: [[], ['x'], ['x', 'y']] };
  const dates = [null, '2025-07-01', '2025-07-16', '2025-07-16T23:30:00-05:00', '2025-08-01T00:00:00Z'];
  const desks = [undefined, 'sport', 'city', 3, true];
  const everyDocument = values.source.flatMap((source) =>
    values.tags.flatMap((tags) =>
      dates.map((publishedAt, index): Fields => {
        const desk = desks[index];
        return {
          source,
          tags,
          publishedAt,
          language: values.language[index % 3] ?? null,
          metadata: desk === undefined ? {} : { desk },
        };
      }),
    ),
  );

  /** What a filter means, said once more without SQL. */
  function passes(filter: Filter, document: Fields): boolean {
    if ('and' in filter) return filter.and.every((part) => passes(part, document));
    if ('or' in filter) return filter.or.some((part) => passes(part, document));
    if ('not' in filter) return !passes(filter.not, document);
    const { field, operator, value } = filter;
    const own =
      field === 'tags'
        ? (document.tags ?? [])
        : [field === 'metadata.desk' ? document.metadata?.desk : document[field as 'source']];
    const present = own.filter((one) => one !== null && one !== undefined);
    if (operator === 'exists') return present.length > 0 === value;
    const any = (test: (one: unknown) => boolean): boolean => present.some(test);
    if (operator === 'in' || operator === 'nin')
      return any((one) => (value as unknown[]).includes(one)) === (operator === 'in');
    if (operator === 'eq' || operator === 'ne') return any((one) => one === value) === (operator === 'eq');
    throw new Error(`no oracle for ${operator}`);
  }

  const condition = fc.oneof(
    fc.record({ source: fc.constantFrom('A', 'B', 'C') }),
    fc.record({ source: fc.record({ ne: fc.constantFrom('A', 'C') }) }),
    fc.record({ tags: fc.record({ in: fc.subarray(['x', 'y', 'z']) }) }),
    fc.record({ tags: fc.record({ nin: fc.subarray(['x', 'y', 'z']) }) }),
    fc.record({ language: fc.record({ exists: fc.boolean() }) }),
    fc.record({ 'metadata.desk': fc.constantFrom('sport', 'city', 3) }),
    fc.record({ 'metadata.desk': fc.record({ ne: fc.constantFrom('sport', 3) }) }),
  );
  const { filter } = fc.letrec<{ filter: unknown }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small' },
      condition,
      fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ not: tie('filter') }),
    ),
  }));

  it('let through in SQL what they mean', () => {
    const { storage } = openStorage();
    for (const [index, fields] of everyDocument.entries()) {
      storage.documents.put(newDocument(String(index), [`t${index}`], fields));
    }
    const all = storage.documents.list({ limit: 1_000 });
    fc.assert(
      fc.property(filter, (input) => {
        const parsed = parseFilter(input);
        const expected = all
          .filter(({ id }) => passes(parsed, everyDocument[Number(id)] ?? {}))
          .map(({ key }) => key);
        expect(storage.documents.keysMatching(parsed).sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });

  it('compare moments, not texts, and take a bare date for its whole day', () => {
    const { storage } = openStorage();
    for (const [index, publishedAt] of dates.entries()) {
      storage.documents.put(newDocument(String(index), ['t'], { publishedAt }));
    }
    const found = (date: unknown): string[] =>
      storage.documents.list({ limit: 9, filter: parseFilter({ publishedAt: date }) }).map(({ id }) => id);
    expect(found({ lte: '2025-07-16' })).toEqual(['1', '2']);
    expect(found({ gt: '2025-07-16' })).toEqual(['3', '4']);
    expect(found({ gte: '2025-07-17T04:30:00Z', lt: '2025-08-01' })).toEqual(['3']);
    expect(found({ exists: false })).toEqual(['0']);
    expect(found('2025-07-01')).toEqual(['1']);
  });

  it('find a language with its regions, and a region alone', () => {
    const { storage } = openStorage();
    for (const [index, language] of ['en', 'en-GB', 'en-US', 'enm', null].entries())
      storage.documents.put(newDocument(String(index), ['t'], { language }));
    const found = (language: unknown): string[] =>
      storage.documents.list({ limit: 9, filter: parseFilter({ language }) }).map(({ id }) => id);
    expect(found('en')).toEqual(['0', '1', '2']);
    expect(found('en-GB')).toEqual(['1']);
    expect(found({ ne: 'en' })).toEqual(['3', '4']);
    expect(found({ in: ['en-US', 'enm'] })).toEqual(['2', '3']);
  });

  it('take a value that looks like SQL for a value', () => {
    const { storage } = openStorage();
    storage.documents.put(newDocument('a', ['t'], { source: "x' OR '1'='1" }));
    const list = (source: string) => storage.documents.list({ limit: 9, filter: parseFilter({ source }) });
    expect(list("x' OR '1'='1")).toHaveLength(1);
    expect(list("' OR 1=1 --")).toEqual([]);
    expect(
      storage.documents.list({ limit: 9, filter: parseFilter({ "metadata.a') OR 1=1 --": 'x' }) }),
    ).toEqual([]);
  });
});

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
