import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/documents/parse.js';
import { zipOf } from './archives.js';

const lines = (...each: string[]) => Buffer.from(each.join('\r\n'));
const HEAD = [
  'From: Jane Doe <jane@example.org>',
  'To: desk@example.org',
  'Subject: =?utf-8?q?The_r=C3=ADver?=',
  'Date: Wed, 16 Jul 2025 09:30:00 +0200',
  'MIME-Version: 1.0',
];

function withAttachments(...attachments: { name: string; content: Uint8Array }[]): Buffer {
  const parts = attachments.flatMap(({ name, content }) => [
    '--b',
    'Content-Type: application/octet-stream',
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(content).toString('base64'),
  ]);
  const text = ['--b', 'Content-Type: text/plain; charset=utf-8', '', 'See what hangs on this.'];
  return lines(...HEAD, 'Content-Type: multipart/mixed; boundary=b', '', ...text, ...parts, '--b--', '');
}

describe('a message', () => {
  it('gives subject, sender, date and its text, in which quoted lines stay quoted', async () => {
    const wrapped =
      'It rose by a metre in the night and two of the streets in the old town are closed\r\nto traffic, the mayor of the town said.';
    const bytes = lines(...HEAD, '', wrapped, '', '> Is the river', '> rising?', '>> Yes', '');
    expect(await parseFile(bytes, 'saved')).toMatchObject({
      type: 'eml',
      documents: [
        {
          title: 'The ríver',
          author: 'Jane Doe',
          publishedAt: '2025-07-16T07:30:00.000Z',
          metadata: { to: ['desk@example.org'] },
          text: expect.stringMatching(/closed to traffic.*\n\n> Is the river\n> rising\?\n\n>> Yes$/s),
        },
      ],
    });
  });

  it('gives its HTML where it has no plain text', async () => {
    const bytes = lines(...HEAD, 'Content-Type: text/html', '', '<h1>Up</h1><p>It <b>rose</b>.</p>');
    const { documents } = await parseFile(bytes, 'a.eml');
    expect(documents).toMatchObject([{ text: 'Up\n\nIt rose.', headings: [{ text: 'Up' }] }]);
  });

  it('gives its attachments as documents of their own, also those in an archive, and misses no picture', async () => {
    const archive = await zipOf({ 'notes/a.txt': 'In the archive.' });
    const bytes = withAttachments(
      { name: '../../report.txt', content: Buffer.from('The report.') },
      { name: 'logo.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
      { name: 'all.zip', content: archive },
      { name: 'locked.odt', content: archive.subarray(0, 60) },
    );
    const { documents, failures } = await parseFile(bytes, 'a.eml');
    expect(documents.map(({ part, text }) => [part, text])).toEqual([
      [undefined, 'See what hangs on this.'],
      ['report.txt', 'The report.'],
      ['all.zip/notes/a.txt', 'In the archive.'],
    ]);
    expect(documents[1]?.metadata).toEqual({ attachedTo: 'The ríver' });
    expect(failures).toMatchObject([{ item: 'a.eml/locked.odt', code: 'DAMAGED_FILE' }]);
  });

  it('is read as deep as messages may hang on one another', async () => {
    let bytes: Buffer = lines(...HEAD, '', 'Innermost.');
    for (let depth = 0; depth < 6; depth++) bytes = withAttachments({ name: 'm.eml', content: bytes });
    const { documents, failures } = await parseFile(bytes, 'a.eml');
    expect(documents).toHaveLength(4);
    expect(failures).toMatchObject([{ code: 'ARCHIVE_TOO_LARGE' }]);
  });

  it('is not seen in a text that only begins like one', async () => {
    const { type } = await parseFile(lines('From: me', 'To: you', '', 'A note.'), 'note.txt');
    expect(type).toBe('text');
  });
});

describe('a mailbox', () => {
  it('gives each message, and no message where a line only begins like one', async () => {
    const from = 'From jane@example.org Wed Jul 16 09:30:00 2025';
    const bytes = lines(
      from,
      ...HEAD,
      '',
      'One.',
      '',
      'From here on it rose.',
      '>From the bank to the square.',
      '',
      from,
      ...HEAD,
      '',
      'Two.',
      '',
    );
    const { type, documents } = await parseFile(bytes, 'old-mail');
    expect(type).toBe('mbox');
    expect(documents.map(({ text }) => text)).toEqual([
      'One.\n\nFrom here on it rose.\nFrom the bank to the square.',
      'Two.',
    ]);
  });
});
