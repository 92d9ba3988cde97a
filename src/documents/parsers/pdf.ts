import { AkinError } from '../../errors.js';
import type { Failure, ParsedDocument } from '../../types.js';
import { readDate } from '../dates.js';
import { unknownFields } from '../fields.js';
import { DEFAULT_READ_OPTIONS, type ReadOptions } from '../limits.js';
import { normaliseText, oneLineOrNull } from '../normalise.js';
import { type OpenPdf, withPdf } from './pdf/document.js';
import { markHeadings, outlineTitles, printedTitle } from './pdf/headings.js';
import { linesOf } from './pdf/lines.js';
import { recognisePages } from './pdf/ocr.js';
import { hasText, pictures, type ReadPage, readPages } from './pdf/pages.js';
import { type PageLine, paragraphsOf } from './pdf/paragraphs.js';
import { runningSegments } from './pdf/running.js';
import type { Segment } from './pdf/segments.js';
import { textOf } from './pdf/text.js';

/** What programs write as a title when nobody gave one. */
const JUNK_TITLE =
  /^(?:paper title\b.*|untitled.*|unbenannt.*|unknown|no title|title|document\s*\d*|microsoft (?:word|powerpoint|excel) - .*|powerpoint presentation|slide \d+|.*\.(?:docx?|pdf|pptx?|xlsx?|rtf|odt|indd|tex|dvi|qxd|pub|txt)|\W*|[\d\W]+)$/i;

const SCANNED_FILE =
  'The PDF has no text, it looks scanned: turn on AKIN_OCR, or run it through OCR (such as ocrmypdf) first.';
const ILLEGIBLE_FILE = 'The PDF has no text, and none can be read in its pictures.';

/** A PDF as one document, and the pages of it that can't be read. */
export interface ParsedPdf {
  document: ParsedDocument;
  failures: Failure[];
}

/**
 * One document of a PDF, and the pages of it that can't be read.
 *
 * @throws AkinError ENCRYPTED_FILE, DAMAGED_FILE, NO_TEXT for a PDF that holds pictures of text, OCR_UNAVAILABLE for
 * one that is to be read by its letters' shapes where nothing can do that.
 */
export async function parsePdf(
  bytes: Uint8Array,
  name: string,
  { limits, ocr }: ReadOptions = DEFAULT_READ_OPTIONS,
): Promise<ParsedPdf> {
  return withPdf(bytes, async (pdf) => {
    const { pages, leftOut } = await readPages(pdf, limits);
    const printed = pages.filter(hasText).length;
    const scans = await readScans(pdf, pages, name, ocr);
    const wasRecognised = pages.filter(hasText).length > printed;
    const failures = [
      ...scans.failures,
      ...pages.flatMap((page) => damage(page, name)),
      ...limit(leftOut, name),
    ];
    const lines = linesInOrder(pages, pdf.file.numPages);
    if (lines.length === 0) throw withoutText(failures, ocr);
    markHeadings(lines, await outlineTitles(pdf.outline, pdf.file));
    const document = {
      ...unknownFields(),
      title: titleOf(pdf.info) ?? printedTitle(lines, pages[0]?.height ?? 0),
      author: field(pdf.info.Author),
      metadata: {
        ...datesOf(pdf.info),
        ...(wasRecognised ? { ocr: true } : {}),
        ...(scans.unread.length > 0 ? { pages_without_text: scans.unread } : {}),
      },
    };
    return { document: { ...document, ...textOf(paragraphsOf(lines)) }, failures };
  });
}

/** What became of the pages that are pictures. */
interface Scans {
  /** Their numbers, where others have text: a picture among them may be meant as one. */
  unread: number[];
  failures: Failure[];
}

/** Pages without text that are pictures: read by their letters' shapes, or told of where the others have text. */
async function readScans(pdf: OpenPdf, pages: ReadPage[], name: string, ocr: boolean): Promise<Scans> {
  const empty = pages.filter((page) => !hasText(page) && page.error === null);
  const othersHaveText = pages.some(hasText);
  const unread = async (): Promise<number[]> => (await pictures(pdf, empty)).map(({ page }) => page);
  if (empty.length === 0) return { unread: [], failures: [] };
  // Where no page has text, there is no need to look at the pictures to know what to say.
  if (!ocr) return { unread: othersHaveText ? await unread() : [], failures: [] };
  try {
    await recognisePages(pdf, empty);
    return { unread: [], failures: [] };
  } catch (error) {
    if (!othersHaveText || !(error instanceof AkinError)) throw error;
    const { code, message: detail } = error;
    const failures = (await unread()).map((page) => ({ item: `${name}#page=${page}`, code, detail }));
    return { unread: [], failures };
  }
}

/** The lines of all pages in reading order, without running heads and feet. */
function linesInOrder(pages: ReadPage[], total: number): PageLine[] {
  const running = runningSegments(
    pages.flatMap(({ page, directions }) => directions.slice(0, 1).map((main) => ({ page, ...main }))),
    total,
  );
  const linesWithout = (left: Set<Segment>) =>
    pages.flatMap(({ page, directions }) =>
      directions
        .flatMap(({ segments }) => linesOf(segments.filter((segment) => !left.has(segment))))
        .map((line): PageLine => ({ ...line, page, heading: null })),
    );
  const lines = linesWithout(running);
  // Labels and cards that are alike have nothing but what looks like heads.
  return lines.length > 0 ? lines : linesWithout(new Set());
}

function damage({ page, error }: ReadPage, name: string): Failure[] {
  if (error === null) return [];
  return [
    { item: `${name}#page=${page}`, code: 'DAMAGED_FILE', detail: `The page can't be read (${error}).` },
  ];
}

function limit(leftOut: number, name: string): Failure[] {
  if (leftOut === 0) return [];
  const pages = leftOut === 1 ? '1 page' : `${leftOut} pages`;
  const detail = `${pages} at its end are left out: split it, or raise AKIN_MAX_PAGES and AKIN_MAX_TEXT_CHARACTERS.`;
  return [{ item: name, code: 'PAGES_LEFT_OUT', detail }];
}

function withoutText(failures: Failure[], ocr: boolean): AkinError {
  const damaged = failures.find(({ code }) => code === 'DAMAGED_FILE');
  if (damaged) return new AkinError('DAMAGED_FILE', `No page of the PDF can be read. ${damaged.detail}`);
  return new AkinError('NO_TEXT', ocr ? ILLEGIBLE_FILE : SCANNED_FILE);
}

function titleOf(info: Record<string, unknown>): string | null {
  const title = field(info.Title);
  return title === null || JUNK_TITLE.test(title) ? null : title;
}

function datesOf({ CreationDate }: Record<string, unknown>): Record<string, unknown> {
  const createdAt = typeof CreationDate === 'string' ? readPdfDate(CreationDate) : null;
  return createdAt === null ? {} : { createdAt };
}

/** PDF 32000-1, 7.9.4: `D:20090401163925-07'00'`, from the month on each part may be missing. */
function readPdfDate(value: string): string | null {
  const parts = /^(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?(?:([+-]\d\d)'?(\d\d)?|Z.*)?)?/.exec(value);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second = '00', zoneHours, zoneMinutes = '00'] = parts;
  const time = hour ? `T${hour}:${minute}:${second}${zoneHours ? `${zoneHours}:${zoneMinutes}` : 'Z'}` : '';
  return readDate(`${year}-${month}-${day}${time}`);
}

function field(value: unknown): string | null {
  return typeof value === 'string' ? oneLineOrNull(normaliseText(value)) : null;
}
