import fc from 'fast-check';
import PDFDocument from 'pdfkit';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_READ_OPTIONS, type ReadLimits } from '../../src/documents/limits.js';
import { parseFile } from '../../src/documents/parse.js';
import type { PdfAnnotation } from '../../src/documents/parsers/pdf/document.js';
import { filledTexts } from '../../src/documents/parsers/pdf/forms.js';
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

/** A grey PNG of one pixel. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

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

describe('a laid out PDF', () => {
  const words = (start: string) => `${start} ${sentence.replaceAll('.', ',')}`;

  it('is read column by column', async () => {
    const text = ['One', 'Two', 'Three', 'Four'].map((start) => `${start}: ${sentence} ${sentence}`);
    const bytes = await makePdf((pdf) =>
      pdf.fontSize(10).text(text.join('\n\n'), { columns: 2, columnGap: 30, height: 170, align: 'justify' }),
    );
    expect((await parsePdf(bytes, 'a.pdf')).document.text.split('\n\n')).toEqual(text);
  });

  it('loses its running heads and feet, and its parted words are whole', async () => {
    const starts = ['Here', 'There', 'Elsewhere'];
    const bytes = await makePdf(
      (pdf) => {
        for (const page of [1, 2, 3]) {
          if (page > 1) pdf.addPage();
          pdf
            .fontSize(8)
            .text('The Lake Report', 72, 40)
            .text(`Page ${page} of 3`, 72, 740, { lineBreak: false });
          pdf
            .fontSize(10)
            .text(`${words(starts[page - 1] ?? '')} an exam-`, 72, 100)
            .text('ple of many.');
        }
      },
      { margin: 40 },
    );
    const { text, pages } = (await parsePdf(bytes, 'a.pdf')).document;
    expect(text.split('\n\n')).toEqual(starts.map((start) => `${words(start)} an example of many.`));
    expect(pages.map(({ page }) => page)).toEqual([1, 2, 3]);
  });

  it('has the titles of its bookmarks as headings', async () => {
    const bytes = await makePdf((pdf) => {
      pdf.outline.addItem('Of lakes').addItem('Of towns');
      pdf.text('1. Of lakes').text(sentence).text('2. Of towns').text(sentence);
    });
    const { text, headings } = (await parsePdf(bytes, 'a.pdf')).document;
    expect(headings.map((heading) => heading.text)).toEqual(['1. Of lakes', '2. Of towns']);
    for (const { offset, text: heading } of headings)
      expect(text.slice(offset, offset + heading.length)).toBe(heading);
    expect(text.split('\n\n')).toEqual(['1. Of lakes', sentence, '2. Of towns', sentence]);
  });

  it('has the title that is printed largest where none is given', async () => {
    const bytes = await makePdf((pdf) =>
      pdf.fontSize(24).text('The Lake Report').fontSize(11).moveDown().text(sentence),
    );
    expect((await parsePdf(bytes, 'a.pdf')).document.title).toBe('The Lake Report');
  });

  it('is read as it is shown where its page is turned', async () => {
    const bytes = await makePdf((pdf) => {
      Object.assign(pdf.page.dictionary.data, { Rotate: 90 });
      pdf
        .rotate(-90, { origin: [300, 400] })
        .text(words('First'), 100, 400)
        .moveDown()
        .text(sentence);
    });
    expect((await parsePdf(bytes, 'a.pdf')).document.text.split('\n\n')).toEqual([words('First'), sentence]);
  });

  it('has what is written in the fields of a form beside their labels', async () => {
    const bytes = await makePdf((pdf) => {
      pdf.font('Helvetica').initForm();
      pdf.text('Name:', 72, 100).text('City:', 72, 130);
      pdf.formText('name', 120, 94, 200, 18, { value: 'Jane Doe' });
      pdf.formText('city', 120, 124, 200, 18, { value: 'Bled' });
    });
    expect((await parsePdf(bytes, 'a.pdf')).document.text).toBe('Name: Jane Doe\n\nCity: Bled');
  });
});

describe('the fields of a form', () => {
  const rect: PdfAnnotation['rect'] = [50, 100, 250, 130];

  it('are what is written in them and in notes on the page, not what is hidden or secret', () => {
    const text = { subtype: 'Widget', fieldType: 'Tx', rect };
    const filled = filledTexts([
      { ...text, fieldValue: 'two\nlines' },
      { ...text, fieldValue: 'hidden', hidden: true },
      { ...text, fieldValue: 'secret', password: true },
      { ...text, fieldType: 'Btn', fieldValue: 'Off' },
      { ...text, fieldType: 'Ch', fieldValue: ['chosen'] },
      { subtype: 'FreeText', rect, contentsObj: { str: 'A note' } },
      { subtype: 'Text', rect, contentsObj: { str: 'A comment that is not shown' } },
    ]);
    expect(filled.map(({ str }) => str)).toEqual(['two', 'lines', 'chosen', 'A note']);
    for (const { transform } of filled) {
      expect(transform[5]).toBeGreaterThanOrEqual(100);
      expect(transform[5]).toBeLessThan(130);
    }
  });
});

describe('a PDF that can be read in part', () => {
  const withLimits = (limits: Partial<ReadLimits>) => ({
    ...DEFAULT_READ_OPTIONS,
    limits: { ...DEFAULT_READ_OPTIONS.limits, ...limits },
  });
  const pages = (count: number) =>
    makePdf((pdf) => {
      for (let page = 1; page <= count; page += 1)
        (page > 1 ? pdf.addPage() : pdf).text(`${page}: ${sentence}`);
    });

  it('gives its first pages up to a limit, and says how many are left out', async () => {
    const bytes = await pages(5);
    for (const limits of [{ maxPages: 2 }, { maxTextCharacters: 150 }]) {
      const { document, failures } = await parsePdf(bytes, 'a.pdf', withLimits(limits));
      expect(document.pages).toHaveLength(2);
      expect(failures).toEqual([
        { item: 'a.pdf', code: 'PAGES_LEFT_OUT', detail: expect.stringContaining('3 pages') },
      ]);
    }
  });

  it('keeps what looks like a head where there is nothing else', async () => {
    const bytes = await makePdf((pdf) =>
      pdf.text('Jane Doe').addPage().text('Jane Doe').addPage().text('Jane Doe'),
    );
    expect((await parsePdf(bytes, 'a.pdf')).document.pages).toHaveLength(3);
  });

  it('names its pages that are pictures, and no blank or merely illustrated ones', async () => {
    const bytes = await makePdf((pdf) => {
      pdf.text(sentence);
      pdf.addPage().image(PIXEL, 0, 0, { width: pdf.page.width, height: pdf.page.height });
      pdf.addPage();
      pdf.addPage().image(PIXEL, 0, 0, { width: 200, height: 200 });
    });
    const { document, failures } = await parsePdf(bytes, 'a.pdf');
    expect(document.text).toBe(sentence);
    expect(failures).toEqual([]);
    expect(document.metadata).toMatchObject({ pages_without_text: [2] });
  });
});

describe('a damaged PDF', () => {
  const outcome = (bytes: Uint8Array) =>
    parseFile(bytes, 'a.pdf').then(
      ({ type }) => type,
      (error: unknown) => (error instanceof AkinError ? error.code : 'no typed error'),
    );
  const FORESEEN = ['pdf', 'DAMAGED_FILE', 'ENCRYPTED_FILE', 'NO_TEXT'];

  it('of any bytes behind the header ends with a document or a typed error', async () => {
    const header = new TextEncoder().encode('%PDF-1.7\n');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (rest) => {
        expect(FORESEEN).toContain(await outcome(new Uint8Array([...header, ...rest])));
      }),
      { numRuns: 100 },
    );
  });

  it('that was cut off or overwritten anywhere ends with a document or a typed error', async () => {
    const whole = await makePdf((pdf) => pdf.text(sentence).addPage().text(sentence), { compress: false });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 10), fc.uint8Array({ maxLength: 40 }), async (place, noise) => {
        expect(FORESEEN).toContain(await outcome(whole.slice(0, place + 9)));
        const overwritten = whole.slice();
        overwritten.set(noise.slice(0, whole.length - place - 9), place + 9);
        expect(FORESEEN).toContain(await outcome(overwritten));
      }),
      { numRuns: 40 },
    );
  });
});
