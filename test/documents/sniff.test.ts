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
