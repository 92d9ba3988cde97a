import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';

/** What can't be taken, by what it is: the item that is named, its code, and a word that the reason has. */
export const REFUSED = [
  ['an empty file', 'empty.txt', 'EMPTY_FILE', 'empty'],
  ['a file of white space', 'blank.md', 'EMPTY_FILE', 'empty'],
  ['a binary named .txt', 'program.txt', 'UNSUPPORTED_TYPE', 'ELF'],
  ['a PDF that breaks off', 'broken-off.pdf', 'DAMAGED_FILE', 'damaged'],
  ['a PDF that is none but for its first line', 'junk.pdf', 'DAMAGED_FILE', 'damaged'],
  ['a PDF with a password', 'password.pdf', 'ENCRYPTED_FILE', 'password'],
  ['a file of 200 MB', 'huge.txt', 'FILE_TOO_LARGE', '200.0 MB'],
  ['a broken line in JSON Lines', 'news.jsonl:3', 'INVALID_JSON', 'JSON'],
  ['a JSON file that is no document', 'list.json', 'INVALID_DOCUMENT', 'document'],
] as const;

/** What only another user than root may not read. */
export const FORBIDDEN = [
  ['a folder without permission', 'forbidden', 'PERMISSION_DENIED', 'permissions'],
  ['a file without permission', 'forbidden.txt', 'PERMISSION_DENIED', 'permissions'],
] as const;

/** What can be taken, and words of each that only it has. */
export const TAKEN = [
  ['ferry.txt', 'why did the ferry turn back in the storm'],
  ['lighthouse.pdf', 'who will live in the lighthouse'],
  ['latin1.txt', 'quels jours est ouvert le café de la gare'],
  ['news-1', 'beekeepers lost their hives'],
  ['news-2', 'tram line through the old town'],
  ['news-4', 'school kitchen cooks with vegetables'],
] as const;

/** Fills a folder with all of these. */
export async function makeBadFiles(into: string): Promise<void> {
  const write = (name: string, content: string | Uint8Array): void =>
    writeFileSync(join(into, name), content);
  const lighthouse =
    'The novelist Ida Brandt moves into the lighthouse in May and will live there for a year.';
  const pdf = await pdfOf(lighthouse);
  write('ferry.txt', 'The ferry turned back in the storm because a wave had broken its ramp.\n');
  write('lighthouse.pdf', pdf);
  write('empty.txt', '');
  write('blank.md', ' \n\t\n');
  write('program.txt', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...new Uint8Array(500)));
  write('broken-off.pdf', pdf.subarray(0, Math.floor(pdf.length / 3)));
  write('junk.pdf', '%PDF-1.7\nnothing of what a PDF must have follows\n'.repeat(40));
  write('password.pdf', await pdfOf(lighthouse, 'secret'));
  write('huge.txt', 'The beginning of a file that is too large.\n');
  truncateSync(join(into, 'huge.txt'), 200_000_000);
  write('latin1.txt', Buffer.from('Café de la gare, ouvert tous les jours.', 'latin1'));
  write('list.json', '[]');
  const news = [
    '{"id":"news-1","text":"Beekeepers lost half of their hives in the cold spring."}',
    '{"id":"news-2","text":"A new tram line shall run through the old town from June."}',
    '{"id":"news-3","text":"This line is broken',
    '{"id":"news-4","text":"The kitchen of the school cooks only with vegetables from its garden."}',
  ];
  write('news.jsonl', `${news.join('\n')}\n`);
  write('forbidden.txt', 'Nobody may read this.');
  chmodSync(join(into, 'forbidden.txt'), 0o000);
  mkdirSync(join(into, 'forbidden'));
  writeFileSync(join(into, 'forbidden', 'inside.txt'), 'Nobody may come in here.');
  chmodSync(join(into, 'forbidden'), 0o000);
}

async function pdfOf(words: string, userPassword?: string): Promise<Buffer> {
  const pdf = new PDFDocument(userPassword === undefined ? {} : { userPassword });
  pdf.fontSize(12).text(words);
  pdf.end();
  return buffer(pdf);
}
