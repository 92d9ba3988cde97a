import { readdirSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { DEFAULT_READ_OPTIONS } from '../../src/documents/limits.js';
import { withPdf } from '../../src/documents/parsers/pdf/document.js';
import { recognisePages } from '../../src/documents/parsers/pdf/ocr.js';
import { readPages } from '../../src/documents/parsers/pdf/pages.js';
import { parsePdf } from '../../src/documents/parsers/pdf.js';

async function makePdf(draw: (pdf: PDFKit.PDFDocument) => void): Promise<Uint8Array> {
  const pdf = new PDFDocument();
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  const done = new Promise((resolve) => pdf.on('end', resolve));
  draw(pdf);
  pdf.end();
  await done;
  return new Uint8Array(Buffer.concat(parts));
}

/** A PDF as a scanner makes them: a picture of each page of another, some way off its edges. */
async function scanOf(bytes: Uint8Array, pages: number): Promise<Uint8Array> {
  const pictures = await withPdf(bytes, async ({ picture }) => {
    const taken: Uint8Array[] = [];
    for (let page = 1; page <= pages; page += 1) taken.push(await picture(page, 2.5));
    return taken;
  });
  return makePdf((pdf) => {
    for (const [i, picture] of pictures.entries()) {
      (i > 0 ? pdf.addPage() : pdf).image(Buffer.from(picture), 3, 4, { width: pdf.page.width });
    }
  });
}

const sentence =
  'The lake stood at four metres on Wednesday morning, and two streets in the old town are closed to traffic until the weekend.';
const withOcr = { ...DEFAULT_READ_OPTIONS, ocr: true };

describe('a scanned PDF', () => {
  const printed = makePdf((pdf) => {
    pdf.fontSize(20).text('The Lake Report').fontSize(11).moveDown().text(`${sentence} ${sentence}`);
    pdf.addPage().text(`Second: ${sentence}`);
  });

  it('is read by the shapes of its letters, in paragraphs, with its pages and title', async () => {
    const here = readdirSync('.');
    const { document, failures } = await parsePdf(await scanOf(await printed, 2), 'scan.pdf', withOcr);
    expect(document.text.split('\n\n')).toEqual([
      'The Lake Report',
      `${sentence} ${sentence}`,
      `Second: ${sentence}`,
    ]);
    expect(document).toMatchObject({ title: 'The Lake Report', metadata: { ocr: true } });
    expect(document.pages.map(({ page }) => page)).toEqual([1, 2]);
    expect(failures).toEqual([]);
    expect(readdirSync('.')).toEqual(here);
  });

  it('says without OCR that it has no text', async () => {
    await expect(parsePdf(await scanOf(await printed, 2), 'scan.pdf')).rejects.toMatchObject({
      code: 'NO_TEXT',
    });
  });

  it('says what to install where no language can be read', async () => {
    const bytes = await scanOf(await printed, 1);
    const reading = withPdf(bytes, async (pdf) => {
      const { pages } = await readPages(pdf, DEFAULT_READ_OPTIONS.limits);
      await recognisePages(pdf, pages, { languagesFrom: 'file:///nowhere/module.js' });
    });
    await expect(reading).rejects.toMatchObject({
      code: 'OCR_UNAVAILABLE',
      message: expect.stringContaining('npm install tesseract.js'),
    });
  });
});
