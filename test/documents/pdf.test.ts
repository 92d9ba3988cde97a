import { existsSync, readdirSync, readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import { describe, expect, it, vi } from 'vitest';
import { parseFile } from '../../src/documents/parse.js';
import { parsePdf } from '../../src/documents/parsers/pdf.js';
import { AkinError } from '../../src/errors.js';

async function makePdf(
  draw: (pdf: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  const pdf = new PDFDocument({ ...options, autoFirstPage: true });
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  const done = new Promise((resolve) => pdf.on('end', resolve));
  draw(pdf);
  pdf.end();
  await done;
  return new Uint8Array(Buffer.concat(parts));
}

const sentence =
  'The lake stood at four metres on Wednesday morning, and two streets in the old town are closed to traffic until the weekend.';

describe('parsePdf', () => {
  it('finds the paragraphs of a page again', async () => {
    const first = `${sentence} ${sentence}`;
    const bytes = await makePdf((pdf) =>
      pdf.text(first).moveDown().text(`Second: ${sentence}`).moveDown().text('- bread').text('- salt'),
    );
    const { document } = await parsePdf(bytes, 'a.pdf');
    expect(document.text.split('\n\n')).toEqual([first, `Second: ${sentence}`, '- bread', '- salt']);
  });

  it('joins a paragraph that runs over a page, and marks where each page begins', async () => {
    const bytes = await makePdf((pdf) => {
      pdf.text(`${sentence} ${sentence} ${sentence}`.replaceAll('.', ',').replace(/,$/, ' and'));
      pdf.addPage().text('so it went on until the evening.').moveDown().text(`Then: ${sentence}`);
    });
    const { text, pages } = (await parsePdf(bytes, 'a.pdf')).document;
    expect(text.split('\n\n')).toHaveLength(2);
    expect(pages.map(({ offset, page }) => [page, text.slice(offset, offset + 8)])).toEqual([
      [1, 'The lake'],
      [2, 'so it we'],
    ]);
  });

  it('takes title, author and creation date, but no junk title', async () => {
    const info = { Author: 'Jane Doe', CreationDate: new Date('2025-07-16T09:30:00Z') };
    const titled = await makePdf((pdf) => pdf.text(sentence), { info: { ...info, Title: 'Lake report' } });
    expect((await parsePdf(titled, 'a.pdf')).document).toMatchObject({
      title: 'Lake report',
      author: 'Jane Doe',
      publishedAt: null,
    });
    for (const Title of ['untitled', 'Microsoft Word - lake.doc', 'lake-2.pdf']) {
      const junk = await makePdf((pdf) => pdf.text(sentence), { info: { ...info, Title } });
      const { title, metadata } = (await parsePdf(junk, 'a.pdf')).document;
      expect(title).toBeNull();
      expect(metadata).toEqual({ createdAt: '2025-07-16T09:30:00Z' });
    }
  });

  it('refuses what needs a password, what is damaged, and what has no text', async () => {
    const locked = await makePdf((pdf) => pdf.text(sentence), { userPassword: 'secret', pdfVersion: '1.7' });
    await expect(parsePdf(locked, 'a.pdf')).rejects.toMatchObject({ code: 'ENCRYPTED_FILE' });
    const damaged = new TextEncoder().encode('%PDF-1.7\nnothing follows');
    await expect(parsePdf(damaged, 'a.pdf')).rejects.toMatchObject({ code: 'DAMAGED_FILE' });
    const drawn = await makePdf((pdf) => pdf.rect(10, 10, 50, 50).fill('red'));
    await expect(parsePdf(drawn, 'a.pdf')).rejects.toMatchObject({
      code: 'NO_TEXT',
      message: expect.stringContaining('scanned'),
    });
  });

  it('reads what only its owner may print, leaves the bytes as they were, and prints nothing', async () => {
    const printed = (['log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    const bytes = await makePdf((pdf) => pdf.text(sentence), { ownerPassword: 'owner', pdfVersion: '1.7' });
    const before = bytes.slice();
    expect((await parsePdf(bytes, 'a.pdf')).document.text).toBe(sentence);
    expect(bytes).toEqual(before);
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

const folder = new URL('../../../shared/data/files/pdf/', import.meta.url);
if (!existsSync(folder))
  console.warn(
    'SKIPPED: the collected PDFs are not beside this checkout (../shared/data): their tests did not run.',
  );

describe.skipIf(!existsSync(folder))('the collected PDFs', () => {
  /** A book of 352 pages takes seconds; the rest of the shelf shows the same. */
  const LARGEST = 120_000;
  const names = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pdf'))
    : [];

  it('each end with a document or a typed error', { timeout: 30_000 }, async () => {
    for (const name of names) {
      const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
      if (bytes.length > LARGEST) continue;
      const outcome = await parseFile(bytes, name).catch((error: unknown) => error);
      if (outcome instanceof AkinError)
        expect(['ENCRYPTED_FILE', 'DAMAGED_FILE', 'NO_TEXT']).toContain(outcome.code);
      else expect(outcome).toMatchObject({ type: 'pdf', documents: [{ pages: expect.any(Array) }] });
    }
  });
});
