import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SIGNATURE_LENGTH } from '../../src/documents/shingles.js';
import { type Filter, parseFilter } from '../../src/filter.js';
import type { NewDocument } from '../../src/storage/document-store.js';
import { Storage } from '../../src/storage/storage.js';

function openStorage(): { storage: Storage; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'akin-storage-'));
  const storage = Storage.open(folder);
  onTestFinished(() => {
    storage.close();
    rmSync(folder, { recursive: true });
  });
  return { storage, folder };
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

  it('are replaced whole: new passages get new ids, old ones are gone from text and words', () => {
    const { storage } = openStorage();
    const first = storage.documents.put(newDocument('d', ['alpha', 'beta']));
    expect(storage.documents.put(newDocument('d', ['alpha', 'beta'])).status).toBe('unchanged');
    const second = storage.documents.put(newDocument('d', ['gamma']));
    expect(second).toMatchObject({ status: 'updated', removed: first.added.map(({ id }) => id) });
    expect(Math.min(...second.added.map(({ id }) => id))).toBeGreaterThan(Math.max(...second.removed));
    expect(storage.keywords.search([['alpha']], 10).matches).toEqual([]);
    expect(storage.keywords.search([['gamma']], 10).matches).toHaveLength(1);
    expect(storage.vectors.count()).toBe(1);
    storage.documents.remove('d');
    expect(storage.documents.counts()).toEqual({ documents: 0, passages: 0 });
    expect(storage.keywords.search([['gamma']], 10).matches).toEqual([]);
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
