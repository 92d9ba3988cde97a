import { errorMessage } from '../../../errors.js';
import type { ReadLimits } from '../../limits.js';
import type { OpenPdf, PdfPage, PdfText } from './document.js';
import { filledTexts } from './forms.js';
import { type TextDirection, textDirections } from './pieces.js';
import { isPicture } from './scans.js';
import { type Segment, segmentsOf } from './segments.js';

/** The text of one direction on a page, as runs of words. */
export interface DirectionSegments extends Omit<TextDirection, 'pieces'> {
  segments: Segment[];
}

/** What is on a page before it is put in order, or why that can't be read. */
export interface ReadPage {
  page: number;
  height: number;
  directions: DirectionSegments[];
  error: string | null;
}

export interface ReadPages {
  pages: ReadPage[];
  /** How many pages a limit kept from being read. */
  leftOut: number;
}

/** Reads the text of a PDF's pages, up to the limits. */
export async function readPages({ file }: OpenPdf, limits: Readonly<ReadLimits>): Promise<ReadPages> {
  const pages: ReadPage[] = [];
  let room = limits.maxTextCharacters;
  while (pages.length < Math.min(file.numPages, limits.maxPages) && room > 0) {
    const page = await readPage(file, pages.length + 1);
    room -= page.directions.flatMap(({ segments }) => segments).reduce((sum, { length }) => sum + length, 0);
    pages.push(page);
  }
  return { pages, leftOut: file.numPages - pages.length };
}

/** Of pages without text, those that are pictures of some. */
export async function pictures({ file }: OpenPdf, pages: ReadPage[]): Promise<ReadPage[]> {
  const found: ReadPage[] = [];
  for (const page of pages) {
    try {
      const opened = await file.getPage(page.page);
      if (await isPicture(opened)) found.push(page);
      opened.cleanup();
    } catch (error) {
      page.error = errorMessage(error);
    }
  }
  return found;
}

export function hasText({ directions }: ReadPage): boolean {
  return directions.length > 0;
}

async function readPage(file: OpenPdf['file'], number: number): Promise<ReadPage> {
  try {
    const page = await file.getPage(number);
    const size = page.getViewport({ scale: 1 });
    const texts = [...(await printedTexts(page)), ...(await formTexts(page))];
    page.cleanup();
    const directions = textDirections(texts, size).map(({ pieces, ...edges }) => ({
      ...edges,
      segments: segmentsOf(pieces),
    }));
    return { page: number, height: size.height, directions, error: null };
  } catch (error) {
    return { page: number, height: 0, directions: [], error: errorMessage(error) };
  }
}

async function printedTexts(page: PdfPage): Promise<PdfText[]> {
  const { items } = await page.getTextContent();
  return items.filter((item): item is PdfText => 'str' in item);
}

async function formTexts(page: PdfPage): Promise<PdfText[]> {
  try {
    return filledTexts(await page.getAnnotations());
  } catch {
    // Damaged fields cost what is written in them, not the text of the page.
    return [];
  }
}
