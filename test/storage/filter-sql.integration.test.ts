import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Filter, parseFilter } from '../../src/filter.js';
import { type Fields, newDocument } from './new-document.js';
import { openStorage } from './open-storage.js';

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
