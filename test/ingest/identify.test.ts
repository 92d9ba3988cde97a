import { expect, it } from 'vitest';
import type { PreparedDocument } from '../../src/documents/prepare.js';
import { signatureOf } from '../../src/documents/shingles.js';
import { identifyFile, identifyInput } from '../../src/ingest/identify.js';

function document(id?: string, hash = 'f'.repeat(64), part?: string): PreparedDocument {
  const fields = {
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
    ...(id === undefined ? {} : { id }),
    ...(part === undefined ? {} : { part }),
    fields,
    text: 'x',
    hash,
    signature: signatureOf('x'),
    passages: [],
  };
}

const read = (documents: PreparedDocument[]) => ({ hash: 'h', unchanged: false, documents, failures: [] });

it('names the documents of a file by its path, or as they name themselves', () => {
  const { documents } = identifyFile(
    'a/page.txt',
    read([document(), document('brief-1'), document()]),
    () => null,
  );
  expect(documents.map(({ id }) => id)).toEqual(['a/page.txt', 'brief-1', 'a/page.txt#3']);
});

it('names what stands in an archive or hangs on a message by its path there, and numbers those of one place', () => {
  const parts = ['a.txt', 'mail.eml/report.pdf', 'a.txt', undefined].map((part) =>
    document(undefined, undefined, part),
  );
  const { documents } = identifyFile(
    'old.zip',
    read([...parts, document('own', undefined, 'b.json')]),
    () => null,
  );
  expect(documents.map(({ id }) => id)).toEqual([
    'old.zip/a.txt',
    'old.zip/mail.eml/report.pdf',
    'old.zip/a.txt#2',
    'old.zip',
    'own',
  ]);
  expect(documents.every((each) => !('part' in each))).toBe(true);
});

it('refuses an id that a document of another file has, and keeps the rest', () => {
  const owners = new Map([
    ['x', 'other.jsonl'],
    ['y', 'mine.jsonl'],
  ]);
  const { documents, failures } = identifyFile(
    'mine.jsonl',
    read([document('x'), document('y')]),
    (id) => owners.get(id) ?? null,
  );
  expect(documents.map(({ id }) => id)).toEqual(['y']);
  expect(failures).toMatchObject([{ item: 'mine.jsonl', code: 'ID_CONFLICT' }]);
});

it('gives a document without an id the same one each time it comes', () => {
  expect(identifyInput(document()).id).toBe(identifyInput(document()).id);
  expect(identifyInput(document(undefined, 'a'.repeat(64))).id).not.toBe(identifyInput(document()).id);
});
