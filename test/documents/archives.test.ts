import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { DEFAULT_READ_OPTIONS, type ReadLimits } from '../../src/documents/limits.js';
import { parseFile } from '../../src/documents/parse.js';
import { collected, zipOf } from './archives.js';

const parse = (bytes: Uint8Array, limits: Partial<ReadLimits> = {}, name = 'a.zip') =>
  parseFile(bytes, name, {
    ...DEFAULT_READ_OPTIONS,
    limits: { ...DEFAULT_READ_OPTIONS.limits, ...limits },
  });

/** The archive with the same bytes, but for a name that has been written over by one of the same length. */
const renamed = (bytes: Buffer, from: string, to: string | Buffer): Buffer => {
  const name = Buffer.from(to);
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf(from); at !== -1; at = copy.indexOf(from, at + 1)) name.copy(copy, at);
  return copy;
};

const outcome = ({ documents, failures }: Awaited<ReturnType<typeof parse>>) => ({
  parts: documents.map(({ part }) => part),
  failures: failures.map(({ item, code }) => [item, code]),
});

describe('a ZIP archive', () => {
  it('gives the documents of each file in it, archives too, and what failed', async () => {
    const bytes = await zipOf({
      'a.txt': 'Plain words.',
      '2025/b.md': '# Title\n\nWords.',
      '2025/c.jsonl': '{"text":"one"}\n{"text":"two"}\n{}',
      'inner.zip': await zipOf({ 'deep/d.txt': 'Deep words.' }),
      'e.txt.gz': gzipSync('Packed words.'),
      'p.png': Buffer.from([0x89, 0x50, 0x4e, 0x47]),
      '.hidden': 'no',
      '__MACOSX/a.txt': 'no',
    });
    const read = await parse(bytes);
    expect(read.type).toBe('zip');
    expect(outcome(read)).toEqual({
      parts: ['a.txt', '2025/b.md', '2025/c.jsonl', '2025/c.jsonl', 'inner.zip/deep/d.txt', 'e.txt.gz'],
      failures: [
        ['a.zip/2025/c.jsonl:3', 'INVALID_DOCUMENT'],
        ['a.zip/p.png', 'UNSUPPORTED_TYPE'],
      ],
    });
  });

  it.each([
    '../../etc/passwd',
    '/etc/passwd-file',
    'C:\\windows\\ab.t',
    '..\\..\\secret.tx',
    '\\\\server\\a.txt1',
  ])('refuses the entry %s', async (path) => {
    const bytes = await zipOf({ ['x'.repeat(path.length)]: 'secret', 'ok.txt': 'fine' });
    const read = await parse(renamed(bytes, 'x'.repeat(path.length), path));
    expect(outcome(read)).toEqual({ parts: ['ok.txt'], failures: [[`a.zip/${path}`, 'UNSAFE_PATH']] });
  });

  it('reads names from Windows, in code page 437 and in UTF-8 that is not said to be so', async () => {
    const bytes = await zipOf({ 'dir_a.txt': 'one', '12345.txt': 'two', '123.txt': 'three' });
    let named = renamed(bytes, 'dir_a.txt', 'dir\\a.txt');
    named = renamed(named, '12345.txt', Buffer.from('\x81ber1.txt', 'latin1'));
    named = renamed(named, '123.txt', Buffer.from('ü1.txt'));
    // Without the flag that says UTF-8.
    for (let at = 0; at < named.length - 4; at++) {
      const header = named.readUInt32LE(at);
      if (header === 0x04034b50) named.writeUInt16LE(named.readUInt16LE(at + 6) & ~0x800, at + 6);
      if (header === 0x02014b50) named.writeUInt16LE(named.readUInt16LE(at + 8) & ~0x800, at + 8);
    }
    expect(outcome(await parse(named)).parts).toEqual(['dir/a.txt', 'über1.txt', 'ü1.txt']);
  });

  it('follows no symbolic link and reads no folder', async () => {
    const zip = new ZipFile();
    zip.addEmptyDirectory('folder');
    zip.addBuffer(Buffer.from('/etc/passwd'), 'link.txt', { mode: 0o120777 });
    zip.addReadStream(Readable.from(['streamed']), 'streamed.txt');
    zip.end();
    expect(outcome(await parse(await collected(zip)))).toEqual({ parts: ['streamed.txt'], failures: [] });
  });

  it('gives ENCRYPTED_FILE for what has a password, and DAMAGED_FILE for what is not what it says', async () => {
    const bytes = await zipOf({ 'a.txt': 'secret words', 'b.txt': 'open words' }, { compress: false });
    const encrypted = Buffer.from(bytes);
    const central = encrypted.indexOf(Buffer.from('PK\x01\x02'));
    encrypted.writeUInt16LE(encrypted.readUInt16LE(central + 8) | 1, central + 8);
    expect(outcome(await parse(encrypted))).toEqual({
      parts: ['b.txt'],
      failures: [['a.zip/a.txt', 'ENCRYPTED_FILE']],
    });
    expect(outcome(await parse(renamed(bytes, 'secret words', 'secreT words')))).toEqual({
      parts: ['b.txt'],
      failures: [['a.zip/a.txt', 'DAMAGED_FILE']],
    });
  });

  it('is EMPTY_FILE with nothing in it', async () => {
    await expect(parse(await zipOf({}))).rejects.toMatchObject({ code: 'EMPTY_FILE' });
  });
});

describe('what expands', () => {
  const zeros = Buffer.alloc(4_000_000);

  it('is read up to the bytes of all, nested archives included', async () => {
    const inner = await zipOf({ 'big.txt': zeros });
    const bytes = await zipOf({
      'ok.txt': 'fine',
      'i.zip': inner,
      'j.zip': inner,
      'z.txt.gz': gzipSync(zeros),
    });
    const { parts, failures } = outcome(await parse(bytes, { maxArchiveBytes: 5_000_000 }));
    expect(parts).toEqual(['ok.txt']);
    expect(failures).toEqual([
      ['a.zip/i.zip/big.txt', 'UNSUPPORTED_TYPE'],
      ['a.zip/j.zip/big.txt', 'ARCHIVE_TOO_LARGE'],
      ['a.zip/z.txt.gz', 'ARCHIVE_TOO_LARGE'],
    ]);
    await expect(parse(gzipSync(zeros), { maxArchiveBytes: 1_000_000 }, 'a.txt.gz')).rejects.toMatchObject({
      code: 'ARCHIVE_TOO_LARGE',
    });
  });

  it('is read up to a number of entries, a depth, and a length of text', async () => {
    const many = await zipOf(Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}.txt`, 'words'])));
    const entries = outcome(await parse(many, { maxArchiveEntries: 3 }));
    expect(entries).toEqual({
      parts: ['0.txt', '1.txt', '2.txt'],
      failures: [['a.zip/3.txt', 'ARCHIVE_TOO_LARGE']],
    });
    const text = outcome(await parse(many, { maxTextCharacters: 12 }));
    expect(text.parts).toHaveLength(2);
    expect(new Set(text.failures.map(([, code]) => code))).toEqual(new Set(['TEXT_TOO_LARGE']));
    let nested = await zipOf({ 'a.txt': 'words' });
    for (let depth = 0; depth < 4; depth++) nested = await zipOf({ 'n.zip': nested });
    expect(outcome(await parse(nested)).failures).toMatchObject([[expect.anything(), 'ARCHIVE_TOO_LARGE']]);
  });

  it('refuses entries that share their data with others', async () => {
    const bytes = await zipOf({ 'a.txt': 'some words', 'b.txt': 'more words' }, { compress: false });
    const second = bytes.indexOf(Buffer.from('PK\x01\x02'), bytes.indexOf(Buffer.from('PK\x01\x02')) + 1);
    bytes.writeUInt32LE(0, second + 42);
    expect(outcome(await parse(bytes))).toEqual({
      parts: ['a.txt'],
      failures: [['a.zip/b.txt', 'DAMAGED_FILE']],
    });
  });

  it('is of the type of what it holds where it is compressed', async () => {
    const { type, documents } = await parse(gzipSync('title,text\na,words\n'), {}, 'rows.csv.gz');
    expect(type).toBe('table');
    expect(documents).toMatchObject([{ title: 'a', text: 'words' }]);
    expect(documents[0]).not.toHaveProperty('part');
  });
});
