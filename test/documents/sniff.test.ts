import { describe, expect, it } from 'vitest';
import { type FileType, sniffType } from '../../src/documents/sniff.js';
import type { ErrorCode } from '../../src/errors.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('sniffType', () => {
  const cases: [string, string, FileType][] = [
    ['notes.txt', 'Plain words.', 'text'],
    ['notes', 'Plain words.', 'text'],
    ['notes.md', '# Words', 'markdown'],
    ['page.html', 'no markup at all', 'html'],
    ['notes.constructor', 'Plain words.', 'text'],
    ['letter.txt', '{\\rtf1 words}', 'rtf'],
    ['letter', 'PK\x03\x04', 'zip'],
    ['rows.csv', 'just words', 'table'],
    ['rows.txt', 'a\tb\n1\t2\n3\t4\n', 'table'],
    ['notes.txt', 'a\tb\nwords without one\n3\t4\n', 'text'],
    ['news.txt', '<?xml version="1.0"?><!-- x --><rss version="2.0"/>', 'feed'],
    ['news', '<feed xmlns="http://www.w3.org/2005/Atom"/>', 'feed'],
    ['data.txt', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>', 'xml'],
    ['note.txt', '<draft> to be written', 'text'],
    ['talk.txt', '1\n00:00:01,000 --> 00:00:02,000\nHi', 'subtitles'],
    ['talk.txt', 'WEBVTT\n\n', 'subtitles'],
    ['mail.txt', 'Subject: x\nMessage-ID: <1@x>\n\nHi', 'eml'],
    ['mail.eml', 'From: x\n\nHi', 'eml'],
    ['memo.txt', 'From: x\nSubject: y\n\nHi', 'text'],
    ['mail', 'From a@b Wed Jul 16 09:30:00 2025\nTo: x\n\nHi', 'mbox'],
    ['page.txt', '<!-- saved -->\n<!DOCTYPE html><html><body>x', 'html'],
    ['page', '<?xml version="1.0"?>\n<html xmlns="x"><body>x</body></html>', 'html'],
    ['maths.txt', '<3 is what I feel', 'text'],
    ['data.txt', '{"text": "a"}', 'json'],
    ['data.txt', '[{"text": "a"}]', 'json'],
    ['data.txt', '[1, 2, 3]', 'text'],
    ['data.txt', '{"text": "a"}\n{"text": "b"}\n{"text": ', 'jsonl'],
    ['braces.txt', '{ this is not JSON }', 'text'],
    ['data.jsonl', 'not json', 'jsonl'],
    ['data.ndjson', '{"text": "a"}', 'jsonl'],
    ['data.json', 'not json', 'json'],
    ['report.txt', '%PDF-1.7 …', 'pdf'],
    ['report.bin', '@PJL SET\n%PDF-1.4\n1 0 obj\n<<>>', 'pdf'],
    ['about.txt', 'Every such file begins with %PDF-1.4 and goes on.', 'text'],
  ];
  it.each(cases)('takes %s with %j for %s', (name, text, type) => {
    expect(sniffType(utf8(text), name)).toBe(type);
  });

  it('reads UTF-16 with a byte order mark as text', () => {
    expect(sniffType(Uint8Array.of(0xff, 0xfe, 0x41, 0x00), 'a.md')).toBe('markdown');
  });

  const refused: [string, number[], ErrorCode, RegExp][] = [
    ['picture.md', [0x89, 0x50, 0x4e, 0x47, 0x0d], 'UNSUPPORTED_TYPE', /PNG/],
    ['letter.txt', [0xd0, 0xcf, 0x11, 0xe0, 0xa1], 'UNSUPPORTED_TYPE', /old Office/],
    ['a.txt', [0x61, 0x00, 0x62], 'UNSUPPORTED_TYPE', /binary/],
    ['a.txt', [0x61, 0x01, 0x02, 0x62], 'UNSUPPORTED_TYPE', /binary/],
    ['a.txt', [], 'EMPTY_FILE', /a\.txt is empty/],
    ['a.txt', [0x20, 0x0a, 0x09], 'EMPTY_FILE', /empty/],
    ['a.txt', [0xef, 0xbb, 0xbf], 'EMPTY_FILE', /empty/],
  ];
  it.each(refused)('refuses %s of bytes %j with %s', (name, bytes, code, message) => {
    const sniff = () => sniffType(Uint8Array.from(bytes), name);
    expect(sniff).toThrow(expect.objectContaining({ code }));
    expect(sniff).toThrow(message);
  });
});
