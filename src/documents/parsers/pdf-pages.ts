import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { PasswordException, PDFParse, VerbosityLevel } from 'pdf-parse';
import { AkinError, errorMessage } from '../../errors.js';

/** A line of a page as it is printed. */
export interface PrintedLine {
  text: string;
  /** True where the space above is wider than between the lines of a paragraph. */
  isAfterGap: boolean;
}

/** A page's lines, or the reason why they can't be read. */
export interface PrintedPage {
  page: number;
  lines: PrintedLine[];
  error: string | null;
}

export interface PrintedDocument {
  info: Record<string, unknown>;
  pages: PrintedPage[];
}

/**
 * pdf-parse gives no positions, but it puts its cell separator before each piece of text that is nearer to the
 * one before than `lineThreshold` points: a line without one stands after a gap. Some PDFs end a line with an
 * empty piece that is already at the place of the next line; the item joiner shows these.
 */
const NEAR = '\u{E000}';
const JOINER = '\u{E001}';
const MARKS = /[\u{E000}\u{E001}]/gu;
/** Text is set with lines this far apart, in points; a gap is wider by the factor. */
const LINE_PITCH = { min: 4, max: 48, precision: 0.5 };
const GAP_FACTOR = 1.3;
const NEAR_SHARE = 0.5;
const SAMPLED_PAGES = 3;
const MAX_LINES_WITHOUT_PITCH = 3;

/**
 * The printed lines of a PDF.
 *
 * @throws AkinError ENCRYPTED_FILE if it can't be opened without a password, DAMAGED_FILE if not at all.
 */
export async function readPdfPages(bytes: Uint8Array, maxPages: number): Promise<PrintedDocument> {
  const parser = new PDFParse({
    // pdfjs takes the memory that it is given for its own.
    data: bytes.slice(),
    verbosity: VerbosityLevel.ERRORS,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    cMapUrl: characterMaps(),
    cMapPacked: true,
  });
  try {
    const { info, total: all } = await parser.getInfo();
    const total = Math.min(all, maxPages);
    const threshold = (await linePitch(parser, total)) * GAP_FACTOR;
    const pages: PrintedPage[] = [];
    for (let page = 1; page <= total; page += 1) pages.push(await readPage(parser, page, threshold));
    return { info: (info ?? {}) as Record<string, unknown>, pages };
  } catch (error) {
    throw openingError(error);
  } finally {
    await parser.destroy();
  }
}

async function readPage(parser: PDFParse, page: number, threshold: number): Promise<PrintedPage> {
  try {
    return { page, lines: await printedLines(parser, page, threshold), error: null };
  } catch (error) {
    return { page, lines: [], error: errorMessage(error) };
  }
}

async function printedLines(parser: PDFParse, page: number, threshold: number): Promise<PrintedLine[]> {
  const { pages } = await parser.getText({
    partial: [page],
    lineThreshold: threshold,
    cellThreshold: -1,
    cellSeparator: NEAR,
    itemJoiner: JOINER,
  });
  const lines = (pages[0]?.text ?? '').split('\n');
  return lines
    .map((line, i) => ({
      text: line.replace(MARKS, '').replace(/\s+/g, ' ').trim(),
      isAfterGap: isAfterGap(lines[i - 1] ?? '', line),
    }))
    .filter(({ text }) => text !== '');
}

function isAfterGap(before: string, line: string): boolean {
  if (before.endsWith(JOINER + NEAR + JOINER)) return false;
  return before.endsWith(JOINER + JOINER) || !line.startsWith(JOINER + NEAR);
}

/** The distance between the lines of a PDF's paragraphs: the smallest threshold under which most lines are near. */
async function linePitch(parser: PDFParse, total: number): Promise<number> {
  const middle = Math.max(1, Math.floor((total - SAMPLED_PAGES) / 2) + 1);
  const sample = Array.from({ length: Math.min(SAMPLED_PAGES, total) }, (_, i) => middle + i);
  const areNear = async (threshold: number) => {
    const pages = await Promise.all(sample.map((page) => readPage(parser, page, threshold)));
    // The first line of a page has none before it to be near to.
    const lines = pages.flatMap((page) => page.lines.slice(1));
    if (lines.length <= MAX_LINES_WITHOUT_PITCH) return null;
    return lines.filter(({ isAfterGap }) => !isAfterGap).length >= lines.length * NEAR_SHARE;
  };
  let { min, max } = LINE_PITCH;
  if (!(await areNear(max))) return max;
  while (max - min > LINE_PITCH.precision) {
    const half = (min + max) / 2;
    if (await areNear(half)) max = half;
    else min = half;
  }
  return max;
}

/** Without these tables, text in Chinese, Japanese and Korean fonts that are not embedded can't be read. */
function characterMaps(): string {
  const fromHere = createRequire(import.meta.url);
  const fromPdfParse = createRequire(fromHere.resolve('pdf-parse'));
  return join(dirname(fromPdfParse.resolve('pdfjs-dist/package.json')), 'cmaps') + sep;
}

function openingError(cause: unknown): AkinError {
  if (cause instanceof PasswordException) {
    const message = 'The PDF needs a password to be opened: save a copy without one.';
    return new AkinError('ENCRYPTED_FILE', message, { cause });
  }
  const message = `The PDF is damaged (${errorMessage(cause)}): open it in a viewer and save or print it as a new PDF.`;
  return new AkinError('DAMAGED_FILE', message, { cause });
}
